"""Words that hold a sentence together and say little about its subject.

They are the closed classes of English grammar: determiners, pronouns, prepositions, conjunctions, auxiliaries, and the
particles that no class takes in (Quirk, Greenbaum, Leech and Svartvik 1985, A Comprehensive Grammar of the English
Language, 2.34–41); with those of early modern English, and without the numerals.
"""

from app.index.vocabulary import Vocabulary

_DETERMINERS = """a an the this that these those each every either neither some any no all both half such what which
    whose whatever whichever another other many much more most few fewer several enough own same"""
_PRONOUNS = """i me my mine myself we us our ours ourselves you your yours yourself yourselves thou thee thy thine
    thyself ye he him his himself she her hers herself it its itself they them their theirs themselves who whom
    whoever whomever whosoever whatsoever one ones none somebody someone something anybody anyone anything nobody
    nothing everybody everyone everything tis"""
_PREPOSITIONS = """about above across after against along amid among amongst around as at before behind below
    beneath beside besides between betwixt beyond but by concerning despite down during except for from in inside
    into like near of off on onto out outside over past round since through throughout till to toward towards under
    underneath until unto up upon with within without"""
_CONJUNCTIONS = """and or nor but yet so if unless because although though whether while whilst whereas than lest
    ere since when whenever where wherever whence whither wherein whereof whereby whereupon wherefore why how
    therefore therein thereof thereby thereupon thence thither hence hither hereby herein then there here"""
_AUXILIARIES = """be am is are was were been being art wast wert beest have has had having hath hast hadst do does
    did doing done doth doest dost didst will would shall should can could may might must ought wilt wouldst shalt
    shouldst canst couldst mayst mayest mightest mightst let i'm i've i'd i'll you're you've you'd you'll he's he'd
    he'll she's she'd she'll it's we're we've we'd we'll they're they've they'd they'll that's there's isn't aren't
    wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't
    mustn't"""
_PARTICLES = "not to also too very just only even again ever never now s t d ll"

FUNCTION_WORDS = frozenset(
    " ".join((_DETERMINERS, _PRONOUNS, _PREPOSITIONS, _CONJUNCTIONS, _AUXILIARIES, _PARTICLES)).split()
)


def is_function_word(word: str, vocabulary: Vocabulary) -> bool:
    """In whatever spelling: haue as well as have."""
    return word in FUNCTION_WORDS or vocabulary.canonical(word) in FUNCTION_WORDS
