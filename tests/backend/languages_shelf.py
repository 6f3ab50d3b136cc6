"""Short texts in ten languages: the first lines of old books, and lines of our own."""

from pathlib import Path

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

[books.korean]
title = "고양이"
language = "ko"
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
    "korean": """고양이는 창가에 앉아 있었다. 아이가 고양이를 불렀지만 고양이가 오지 않았다. 이름은 아직 없다.
""",
}


def write(folder: Path) -> Path:
    """The folder with the texts and their catalogue."""
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "catalog.toml").write_text(CATALOGUE, encoding="utf-8")
    return folder
