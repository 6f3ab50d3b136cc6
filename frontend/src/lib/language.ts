/** What a book's language, a tag of BCP 47, says of its words. */

/** Languages whose usual script runs from right to left, such as Arabic, Hebrew and Yiddish. */
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|syr|ug|ur|yi)(-|$)/i;

/** Those that are counted in characters: Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer. */
const IN_CHARACTERS = /^(zh|yue|ja|ko|th|lo|my|km)(-|$)/i;

/** A character of their scripts: a line may end beside it, without a space. */
export const CHARACTER =
  '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\ua4cf\\uac00-\\ud7ff\\uf900-\\ufaff\\uff00-\\uffef]';

export function direction(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}

export function countsCharacters(language: string): boolean {
  return IN_CHARACTERS.test(language);
}
