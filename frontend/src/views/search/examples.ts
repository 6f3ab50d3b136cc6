import type { ShelfInfo } from '../../lib/api/types';
import type { Dictionary } from '../../lib/i18n/en';

type Kind = keyof Dictionary['home']['kinds'];

/** A query of each kind that finds something on the shelf; your own books have none. */
export const EXAMPLES: Record<ShelfInfo['kind'], Partial<Record<Kind, string>>> = {
  nltk: {
    quote: '"to be or not to be"',
    misremembered: 'alas poor yorick i knew him well',
    folio: 'double toil trouble',
    typo: 'marraige',
    prefix: 'leviath*',
    place: 'Genesis 1:1',
  },
  sample: {
    quote: '"heads and spoons"',
    misremembered: 'six horses meant money',
    folio: 'leave the stranger',
    typo: 'orchrad',
    prefix: 'respect*',
    place: 'Orchard 1:1',
  },
  own: {},
};
