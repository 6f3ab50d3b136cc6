"""What books and poems are called in references besides their own names.

The abbreviations of the books of the Bible are those of the SBL Handbook of Style, of the Chicago Manual of Style
(traditional and shorter), and of the United Bible Societies' Paratext, with the names of other translations. Where
lists differ about letters that stand for more than one book, one has them: Jud is Jude (UBS), Ez is Ezekiel (Chicago).
Those of other works are the MLA Handbook's and the usual ones.
"""


def _listed(table: str) -> dict[str, tuple[str, ...]]:
    """Parses lines of the form "name: other, other", which may be continued on indented lines."""
    lines = table.replace(",\n  ", ", ").strip().splitlines()
    pairs = (line.split(": ") for line in lines)
    return {name: tuple(others.split(", ")) for name, others in pairs}


BIBLE_BOOKS = _listed("""
Genesis: Gen, Ge, Gn
Exodus: Exod, Exo, Exd, Ex
Leviticus: Lev, Le, Lv
Numbers: Num, Nu, Nm, Nb
Deuteronomy: Deut, Deu, De, Dt
Joshua: Josh, Jos, Jsh, Josue
Judges: Judg, Jdg, Jdgs, Jgs, Jg
Ruth: Rut, Rth, Ru, Rt
1 Samuel: 1 Sam, 1 Sa, 1 Sm, 1 S
2 Samuel: 2 Sam, 2 Sa, 2 Sm, 2 S
1 Kings: 1 Kgs, 1 Kin, 1 Ki, 1 Kg, 1 K
2 Kings: 2 Kgs, 2 Kin, 2 Ki, 2 Kg, 2 K
1 Chronicles: 1 Chron, 1 Chr, 1 Ch, 1 Paralipomenon, 1 Par
2 Chronicles: 2 Chron, 2 Chr, 2 Ch, 2 Paralipomenon, 2 Par
Ezra: Ezr, 1 Esdras
Nehemiah: Neh, Ne, 2 Esdras
Esther: Esth, Est, Es
Job: Jb
Psalms: Psalm, Pslm, Psa, Psm, Pss, Ps
Proverbs: Prov, Pro, Prv, Pr
Ecclesiastes: Eccles, Eccle, Eccl, Ecc, Ec, Qoheleth, Qohelet, Qoh
Song of Solomon: Song of Songs, Song of Sol, Song Sol, Song, SoS, SSol, So, Sg, Sng, Canticle of Canticles,
  Canticles, Canticle, Cant, Ct
Isaiah: Isa, Is, Isaias
Jeremiah: Jer, Je, Jr, Jeremias
Lamentations: Lam, La
Ezekiel: Ezek, Eze, Ezk, Ez, Ezechiel
Daniel: Dan, Da, Dn
Hosea: Hos, Ho, Osee
Joel: Joe, Jol, Jl
Amos: Amo, Am
Obadiah: Obad, Oba, Ob, Abdias
Jonah: Jonas, Jon, Jnh
Micah: Mic, Mi, Mc, Micheas
Nahum: Nah, Nam, Na
Habakkuk: Hab, Hb, Habacuc
Zephaniah: Zeph, Zep, Zp, Sophonias
Haggai: Hag, Hg, Aggeus
Zechariah: Zech, Zec, Zc, Zacharias
Malachi: Mal, Ml, Malachias
Matthew: Matt, Mat, Mt
Mark: Mar, Mrk, Mk, Mr
Luke: Luk, Lk
John: Joh, Jhn, Jn
Acts: Act, Ac, Acts of the Apostles
Romans: Rom, Ro, Rm
1 Corinthians: 1 Cor, 1 Co
2 Corinthians: 2 Cor, 2 Co
Galatians: Gal, Ga
Ephesians: Ephes, Eph
Philippians: Phil, Php, Pp
Colossians: Col, Co
1 Thessalonians: 1 Thess, 1 Thes, 1 Th
2 Thessalonians: 2 Thess, 2 Thes, 2 Th
1 Timothy: 1 Tim, 1 Ti, 1 Tm
2 Timothy: 2 Tim, 2 Ti, 2 Tm
Titus: Tit, Ti
Philemon: Philem, Phlm, Phm, Pm
Hebrews: Heb, He
James: Jas, Jam, Jm
1 Peter: 1 Pet, 1 Pe, 1 Pt, 1 P
2 Peter: 2 Pet, 2 Pe, 2 Pt, 2 P
1 John: 1 Joh, 1 Jhn, 1 Jn, 1 Jo, 1 J
2 John: 2 Joh, 2 Jhn, 2 Jn, 2 Jo, 2 J
3 John: 3 Joh, 3 Jhn, 3 Jn, 3 Jo, 3 J
Jude: Jud, Jd
Revelation: Revelations, Revelation of John, Revelation of St John, Revelation of St John the Divine,
  Revelation of Jesus Christ, Rev, Re, Rv, Apocalypse, Apoc
""")
"""By the name in the King James Version."""

TITLES = _listed("""
austen-sense: S&S, SS
bible-kjv: KJV, AV, Bible, Holy Bible, King James Version, Authorized Version
carroll-alice: Alice in Wonderland, AAW, AAIW, AIW, AW
melville-moby_dick: MD
milton-paradise: PL
shakespeare-caesar: JC, Caes, The Tragedy of Julius Caesar
shakespeare-hamlet: Ham, Hamlet Prince of Denmark, The Tragedy of Hamlet
shakespeare-macbeth: Mac, Macb, Mcb, The Tragedy of Macbeth
whitman-leaves: LG, LoG
""")
"""By the id of the book."""

POEMS = _listed("""
A Song: A Cradle Song
Ah Sunflower: Sunflower, The Sunflower
Divine Image: The Divine Image
O Captain! My Captain!: O Captain
The Book of Thel: Thel
The Echoing Green: The Ecchoing Green
The Schoolboy: The School Boy
The Story of Epaminondas and His Auntie: Epaminondas and His Auntie, Epaminondas
The Tiger: The Tyger, Tyger, Tyger Tyger
When Lilacs Last in the Dooryard Bloom'd: When Lilacs Last in the Dooryard, When Lilacs
""")
"""Other names by the name that is printed in these books."""

VOLUMES = {"austen-persuasion": (12, 12), "austen-sense": (22, 14, 14)}
"""The chapters of each volume of the first editions (1818, 1811), by which scholars cite books that this shelf numbers
through."""
