import type { components } from './schema';

type Schemas = components['schemas'];
type NameOf<Type> = Type extends `urn:gutenberg-search:${infer Name}` ? Name : never;

export type About = Schemas['About'];
export type BookDetail = Schemas['BookDetail'];
export type BookHits = Schemas['BookHits'];
export type BookInfo = Schemas['BookInfo'];
export type BookList = Schemas['BookList'];
export type Collocates = Schemas['Collocates'];
export type Comparison = Schemas['Comparison'];
export type Concordance = Schemas['Concordance'];
export type ConcordanceLine = Schemas['ConcordanceLine'];
export type Facet = Schemas['Facet'];
export type Facets = Schemas['Facets'];
export type NamedBook = Schemas['NamedBook'];
export type Notice = Schemas['Notice'];
export type PassageHit = Schemas['PassageHit'];
export type Place = Schemas['Place'];
export type Problem = Schemas['Problem'];
export type ProblemName = NameOf<Problem['type']>;
export type Reading = Schemas['Reading'];
export type SearchAnswer = Schemas['SearchAnswer'];
export type SectionInfo = Schemas['SectionInfo'];
export type SectionText = Schemas['SectionText'];
export type ShelfInfo = Schemas['ShelfInfo'];
export type WordList = Schemas['WordList'];
export type Suggestion = Schemas['Suggestion'];
export type Suggestions = Schemas['Suggestions'];

/** [start, end) in Unicode code points. */
export type Mark = readonly [number, number];
