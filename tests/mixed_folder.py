"""A folder as people have them: ten files of several kinds, encodings and languages, two of which cannot be books."""

import zipfile
from pathlib import Path

# 青空文庫's form of a text: first lines, an explanation of the notation, readings, notes, headings, and a colophon.
JAPANESE = """\
坊っちゃん
夏目漱石

-------------------------------------------------------
【テキスト中に現れる記号について】

《》：ルビ
（例）坊《ぼ》っちゃん

｜：ルビの付く文字列の始まりを特定する記号
（例）夕方｜折戸《おりど》の

［＃］：入力者注　主に外字の説明や、傍点の位置の指定
（例）※［＃「言＋墟のつくり」、第4水準2-88-74］
-------------------------------------------------------

［＃５字下げ］一［＃「一」は中見出し］

　親譲《おやゆず》りの無鉄砲《むてっぽう》で小供の時から損ばかりしている。小学校に居る時分学校の二階から飛び降りて一週間ほど腰《こし》を抜《ぬ》かした事がある。なぜそんな無闇《むやみ》をしたと聞く人があるかも知れぬ。
　庭を東へ二十歩に行き尽《つく》すと、南上がりにいささかばかりの菜園があって、真中《まんなか》に栗《くり》の木が一本立っている。夕方｜折戸《おりど》の蔭《かげ》に隠《かく》れて、とうとう勘太郎《かんたろう》を捕《つら》まえてやった。

［＃５字下げ］二［＃「二」は中見出し］

　ぶうと云《い》って汽船がとまると、艀《はしけ》が岸を離《はな》れて、漕ぎ寄せて来た。船頭は真っ裸《ぱだか》に赤ふんどしをしめている。野蛮《やばん》な所だ。もっともこの熱さでは着物はきられまい。※［＃「言＋墟のつくり」、第4水準2-88-74］と云う魚もある。

底本：「ちくま日本文学全集　夏目漱石」筑摩書房
　　　1992（平成4）年1月20日第1刷発行
入力：真先芳秋
校正：柳沢成雄
"""

FRENCH = """\
CHAPITRE I

C'était à Mégara, faubourg de Carthage, dans les jardins d'Hamilcar. Les soldats qu'il avait commandés en Sicile se
donnaient un grand festin pour célébrer le jour anniversaire de la bataille d'Éryx, et comme le maître était absent et
qu'ils se trouvaient nombreux, ils mangeaient et ils buvaient en pleine liberté. L'œuvre de l'été s'achevait.
"""

GERMAN = """\
Jm Anfang ſchuf Gott Himmel und Erde. Und die Erde war wüſt und leer, und es war finſter auf der Tiefe; und der Geiſt
Gottes ſchwebete auf dem Waſſer. Und Gott ſprach: Es werde Licht! Und es ward Licht. Und Gott ſahe, daſs das Licht gut
war. Da ſchied Gott das Licht von der Finſternis und nannte das Licht Tag und die Finſternis Nacht.
"""

NOTES = """\
---
title: "Notes on the Lighthouse"
author: Ada Pell
lang: en
---

# Notes on the Lighthouse

The keeper wrote in a *careful* hand, and his notes were found by the harbour master when the tower was sold.

## The lamp

The lamp burned oil until the winter of the great storm; then it was changed for **gas**, which nobody there trusted.
Every evening at dusk the keeper climbed the hundred and twelve steps with a can in each hand, and counted them.

## The storm

- It came from the north, and took the boats.
- It left the lantern dark for three nights, and the keeper rang the bell with his own hands until the morning.
"""

GUTENBERG = """\
The Project Gutenberg eBook of The Voyage of the Heron

This ebook is for the use of anyone anywhere in the United States and most other parts of the world at no cost.

Title: The Voyage of the Heron

Author: Tom Carrow

Release date: May 1, 2004 [eBook #12345]

Language: English

Original publication: London: Hale and Sons, 1884

*** START OF THE PROJECT GUTENBERG EBOOK THE VOYAGE OF THE HERON ***

CHAPTER I

The Heron left the harbour with the tide, and her captain did not look back at the town. There were nine of us aboard,
and a cat, and provisions for a month; the wind was fair, and the mate sang as the sails were set.

CHAPTER II

On the fourth day we saw the whale. It lay upon the water like an island, and the captain would not have us follow it,
for he had promised his wife that he would come home. So we kept to our course, and the whale to its own.

*** END OF THE PROJECT GUTENBERG EBOOK THE VOYAGE OF THE HERON ***

Section 1. General Terms of Use and Redistributing Project Gutenberg electronic works
"""

LARGE = GUTENBERG[GUTENBERG.index("The Heron left") : GUTENBERG.index("CHAPTER II")]

ARABIC = """\
كان يا ما كان في قديم الزمان ملك من ملوك ساسان بجزائر الهند والصين صاحب جند وأعوان وخدم وحشم له ولدان أحدهما كبير
والآخر صغير وكانا بطلين وكان الكبير أفرس من الصغير وقد ملك البلاد وحكم بالعدل بين العباد وأحبه أهل بلاده ومملكته
"""

CONTAINER = """\
<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PACKAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">https://standardebooks.org/ebooks/mia-sato/the-glass-garden</dc:identifier>
    <dc:title>The Glass Garden</dc:title>
    <dc:creator>Mia Sato</dc:creator>
    <dc:language>en-GB</dc:language>
    <dc:source>https://www.gutenberg.org/ebooks/54321</dc:source>
  </metadata>
  <manifest>
    <item id="toc" href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="imprint" href="text/imprint.xhtml" media-type="application/xhtml+xml"/>
    <item id="one" href="text/chapter%201.xhtml" media-type="application/xhtml+xml"/>
    <item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
  </manifest>
  <spine>
    <itemref idref="imprint"/><itemref idref="one"/><itemref idref="two"/><itemref idref="toc" linear="no"/>
  </spine>
</package>
"""
CONTENTS = """\
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>
  <nav epub:type="landmarks"><ol><li><a href="text/two.xhtml">Start</a></li></ol></nav>
  <nav epub:type="toc"><ol>
    <li><a href="text/imprint.xhtml">Imprint</a></li>
    <li><a href="text/chapter%201.xhtml">The Seed</a></li>
    <li><a href="text/two.xhtml">The Frost</a><ol><li><a href="text/two.xhtml#night">Night</a></li></ol></li>
  </ol></nav>
</body></html>
"""
PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>{title}</title></head><body>{body}</body></html>
"""
IMPRINT = '<section epub:type="imprint"><p>This ebook is the product of many hours of hard work.</p></section>'
SEED = """\
<section><h2>The Seed</h2>
<p>She planted the seed on the first day of March, in a pot of blue glass that had been her mother&#8217;s,
and set it where the light would find it.<a epub:type="noteref" href="#n1">1</a>
Nobody in the house spoke of it.</p></section>
"""
FROST = """\
<section><h2>The Frost</h2>
<p>In April the frost came back, and for three nights she slept beside the garden with a lantern, as one sits beside
a child with a fever, and in the morning the glass was white.</p>
<section id="night"><h3>Night</h3>
<p>On the last night the lantern went out. She heard the glass crack, softly, like somebody who clears his throat
before he speaks, and she did not get up to look at what had become of it.</p></section></section>
"""


def write(folder: Path) -> Path:
    """The folder with the ten files."""
    folder.mkdir(parents=True)
    texts = {
        "文学/坊っちゃん.txt": JAPANESE.replace("\n", "\r\n").encode("shift_jis"),
        "Salammbô.txt": FRENCH.encode("utf-8"),
        "genesis-luther.txt": GERMAN.encode("utf-8"),
        "lighthouse.md": NOTES.encode("utf-8"),
        "pg12345.txt": GUTENBERG.replace("\n", "\r\n").encode("utf-8-sig"),
        "ألف ليلة.txt": ARABIC.encode("utf-8"),
        "empty.txt": b"",
        "large.txt": LARGE.encode() * (20 * 1024 * 1024 // len(LARGE)),
        "scan.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 16,
    }
    for name, content in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    write_epub(folder / "glass-garden.epub")
    return folder


def write_epub(path: Path, **others: str) -> Path:
    """An EPUB of two chapters; `others` are files by their names that replace its own, or come on top."""
    files = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": PACKAGE,
        "EPUB/toc.xhtml": CONTENTS,
        "EPUB/text/imprint.xhtml": PAGE.format(title="Imprint", body=IMPRINT),
        "EPUB/text/chapter 1.xhtml": PAGE.format(title="The Seed", body=SEED),
        "EPUB/text/two.xhtml": PAGE.format(title="The Frost", body=FROST),
        **others,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(name, content)
    return path
