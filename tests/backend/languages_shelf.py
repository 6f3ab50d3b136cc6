"""Short texts in fifteen languages: the first lines of old books, and lines of our own."""

CATALOGUE = """
[books.neko]
title = "吾輩は猫である"
author = "夏目漱石"
year = 1905
language = "ja"

[books.lunyu]
title = "論語"
language = "zh-Hant"

[books.thai]
title = "เรือน้อย"
language = "th"

[books.lao]
title = "ເຮືອ"
language = "lo"

[books.burmese]
title = "လှေ"
language = "my"

[books.khmer]
title = "ទូក"
language = "km"

[books.korean]
title = "고양이"
language = "ko"

[books.lyon]
title = "Un été à Lyon"
language = "fr"

[books.vita]
title = "La vita"
language = "it"

[books.wald]
title = "Im Wald"
language = "de"

[books.kniga]
title = "Книга"
language = "ru"

[books.logos]
title = "Λόγοι"
language = "el"

[books.kitab]
title = "كتاب"
language = "ar"

[books.bereshit]
title = "בראשית"
language = "he"

[books.sea]
title = "The Sea"
language = "en"
"""

TEXTS = {
    "neko": """第一章

　吾輩は猫である。名前はまだ無い。
　どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶し
ている。吾輩はここで始めて人間というものを見た。
「今日、本を読む」と書生は言った。Tシャツは１２枚、東京都にある。

第二章

　吾輩は新年来多少有名になったので、猫ながらちょっと鼻が高く感ぜらるるのはありがたい。
　元朝早々主人の許へ一枚の絵端書が来た。これは彼の交友某画家からの年始状であるが、上部を赤、下部を深緑りで塗って、
その真中に一の動物が蹲踞っているところをパステルで書いてある。
""",
    "lunyu": """子曰：「學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？人不知而不慍，不亦君子乎？」
""",
    "thai": """เรือลำน้อยลอยอยู่กลางน้ำ แมวดำนั่งดูพระจันทร์ คนบนฝั่งร้องเพลงเก่า
""",
    "lao": """ແມວດຳນັ່ງເບິ່ງດວງຈັນ ເຮືອນ້ອຍລອຍຢູ່ກາງນ້ຳ
""",
    "burmese": """ကြောင်မည်းက လကိုကြည့်နေသည်။ လှေငယ်သည် ရေထဲတွင်ရှိသည်။
""",
    "khmer": """ឆ្មាខ្មៅអង្គុយមើលព្រះចន្ទ។ ទូកតូចអណ្តែតលើទឹក។
""",
    "korean": """고양이는 창가에 앉아 있었다. 아이가 고양이를 불렀지만 고양이가 오지 않았다. 이름은 아직 없다.
""",
    "lyon": """L'été à Lyon. J'ai vu l’œuvre du peintre et le château. Aujourd'hui nous mangeons ; hier elle mangeait.

Les étés sont longs, et pour eux qu'importe le vin.
""",
    "vita": """Nel mezzo del cammin di nostra vita l'anima mia andava per una selva oscura.
""",
    "wald": """Die Straße führt in den Wald. Viele Häuser stehen dort, und ein Haus ist schön. Die Männer gehen hinein.
""",
    "kniga": """Ёлка стояла у окна. Мой брат читал книгу, а мои книги лежали рядом.
""",
    "logos": """Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν. Οἱ λόγοι τῶν ἀνθρώπων, τῷ ᾅδῃ.
""",
    "kitab": """بِسْمِ اللَّهِ. قرأ أحمد الكتـاب في البيت؟ ثم نام.
""",
    "bereshit": """בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ. הבית־הגדול.
""",
    "sea": """The sailors died at sea, and some would die on land. He poured the rain; rain will pour.
""",
}
