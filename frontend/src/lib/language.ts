/** What follows from a book's language, a BCP 47 tag: the direction of its text and the unit of its length. */

/** Languages whose usual script runs from right to left, such as Arabic, Hebrew and Yiddish. */
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|syr|ug|ur|yi)\b/i;

/** Languages whose texts are counted in characters: Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer. */
const IN_CHARACTERS = /^(zh|yue|ja|ko|th|lo|my|km)\b/i;

export function direction(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}

export function countsCharacters(language: string): boolean {
  return IN_CHARACTERS.test(language);
}
