import type { Collocates } from '../api/types';

const number = new Intl.NumberFormat('en');

/** A whole number as both languages write it. */
export const n = (value: number) => number.format(value);
const count = (value: number, one: string, many: string) => `${n(value)} ${value === 1 ? one : many}`;

/** Every text of the page. Its type is the dictionary's: a key that another language lacks does not compile. */
export const en = {
  name: 'Gutenberg Search',
  n,
  rate: (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} per 10,000 words`,
  close: 'Close',
  skip: 'Skip to content',
  language: 'Language',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  nav: { label: 'Pages', search: 'Search', compare: 'Compare', library: 'Library', about: 'About' },
  footer: 'Texts in the public domain, from Project Gutenberg.',
  shortcutsButton: 'Keyboard shortcuts',
  missing: { title: 'There is no such page', back: 'Go to the search' },

  box: {
    label: 'Search the books',
    placeholder: 'A line, a word, a place…',
    submit: 'Search',
    clear: 'Clear the search box',
    suggestions: 'Suggestions',
    kinds: {
      word: 'word',
      book: 'book',
      heading: 'chapter or poem',
      reference: 'go to',
      history: 'searched before',
    },
    times: (value: number) => `${n(value)}×`,
  },

  home: {
    title: (books: number) => `${books === 18 ? 'Eighteen' : n(books)} books, word by word`,
    lead: 'Find a line you half remember, see where in a book it stands, and read on from there.',
    examples: 'Try',
    kinds: {
      quote: 'a quotation',
      folio: 'First Folio spelling',
      misremembered: 'a line misremembered',
      typo: 'a slip of the pen',
      prefix: 'the start of a word',
      place: 'a place to go to',
    },
    surprise: 'Surprise me',
    surpriseHint: 'opens a page by chance',
    shelf: 'The shelf',
    recent: 'Your searches',
    remove: (query: string) => `Remove “${query}” from your searches`,
    clear: 'Delete all',
    cleared: 'Your searches are deleted.',
  },

  shelf: {
    sample: 'This is the sample shelf: a few short texts written for this application.',
    advice: 'With a network, this gets the real books:',
  },

  results: {
    title: (query: string) => `Results for ${query}`,
    hits: (hits: number, books: number) =>
      `${count(hits, 'passage', 'passages')} in ${count(books, 'book', 'books')}`,
    passages: (hits: number) => count(hits, 'passage', 'passages'),
    lines: (total: number, more: boolean) =>
      more
        ? `More than ${n(total)} occurrences, of which the first ${n(total)} are listed`
        : count(total, 'occurrence', 'occurrences'),
    correction: 'No exact match. Showing results for',
    instead: (query: string) => `Search for “${query}” instead`,
    offered: 'Did you mean',
    named: 'Books of this name',
    absent: (title: string, author: string) => `${title} by ${author} is not on this shelf.`,
    variants: 'Also searched, in another spelling:',
    any: (complete: number) =>
      complete === 0
        ? 'No passage has all of these words. These have some of them.'
        : `${count(complete, 'passage has', 'passages have')} all of these words, the others some of them.`,
    readAs: 'Read as',
    notices: 'Not understood',
    views: {
      label: 'View',
      books: 'Books',
      passages: 'Passages',
      concordance: 'Concordance',
      collocates: 'Collocates',
    },
    sort: 'Sort by',
    sorts: { relevance: 'Relevance', rate: 'Hits per 10,000 words', year: 'Year', title: 'Title' },
    then: 'then',
    orders: {
      position: 'Place in the book',
      node: 'Match',
      l1: 'L1: word on the left',
      l2: 'L2: second on the left',
      l3: 'L3: third on the left',
      r1: 'R1: word on the right',
      r2: 'R2: second on the right',
      r3: 'R3: third on the right',
    },
    filters: 'Filters',
    books: 'Books',
    authors: 'Authors',
    showAll: 'Show all',
    showFewer: 'Show fewer',
    chosen: 'Chosen filters',
    removeFilter: (label: string) => `Remove filter: ${label}`,
    removeAll: 'Remove all',
    more: 'Load more',
    all: 'All passages of this book',
    columns: { place: 'Place', left: 'Left', match: 'Match', right: 'Right' },
    near: 'Words often found near {}',
    span: 'Span',
    words: (count: string) => (count === '1' ? '1 word' : `${count} words`),
    side: 'Side',
    sides: { both: 'Left and right', left: 'Left', right: 'Right' },
    observed: 'Observed',
    expected: 'Expected',
    likelihood: 'Log-likelihood',
    noCollocates: 'No word stands near it more often than by chance.',
    measure:
      'Expected: how often the word would stand within the span if the words of the chosen books were spread evenly. Log-likelihood: how surprising the difference is (Dunning 1993).',
    sample: (found: Collocates) => `, in ${n(found.passages_read)} of ${n(found.passages)} passages`,
  },

  table: {
    word: 'Word',
    download: 'Download',
    functionWords: 'Function words',
    functionWordsHint: 'the, of, and, thou…',
  },

  words: {
    title: (book: string) => `Words of ${book}`,
    lead: (words: number, listed: number) =>
      `${count(words, 'word', 'words')}; ${count(listed, 'different one', 'different ones')} listed.`,
    sorts: { keyness: 'Keyness', count: 'Count' },
    count: 'Count',
    rate: 'Per 10,000 words',
    elsewhere: 'In other books',
    keyness: 'Keyness',
    measure:
      'Keyness: how surprising the count is beside the other books, by log-likelihood (Rayson and Garside 2000); below zero, the word is rarer here.',
  },

  place: {
    read: 'Read on',
    copy: 'Copy with citation',
    nearest: 'That is not there as asked. This is the nearest place:',
    others: 'Also of this name:',
  },

  none: {
    title: (query: string) => `Nothing found for ${query}`,
    advice: [
      'Look at the spelling, or leave out a word you are not sure of.',
      'Take away the “quotation marks”: then the words may stand in any order.',
      'Use the start of a word: whal* finds whale, whaling and whaler.',
    ],
    filters: 'Search without filters',
  },

  strip: {
    label: (book: string) => `Where in ${book}`,
    help: 'Arrow keys move along the book, Enter opens that place.',
    here: (place: string, hits: number) => `${place}: ${count(hits, 'hit', 'hits')}`,
    part: (index: number) => `Part ${index} of 60`,
  },

  reader: {
    contents: 'Contents',
    marks: 'Hits in this section',
    count: (at: number, of: number) => `${n(at)} / ${n(of)}`,
    noHits: 'No hit in this section',
    nextHit: 'Next hit',
    previousHit: 'Previous hit',
    next: 'Next',
    previous: 'Previous',
    sections: 'Neighbouring sections',
    passage: (reference: string) => `Passage ${reference}`,
    cite: 'Copy citation',
    link: 'Copy link',
    copied: 'Copied.',
    notCopied: 'The browser did not allow copying. The text is:',
    deselect: 'Deselect the passage',
    hits: 'hits',
    counted: 'Lines are counted within the scene as this text prints them; other editions count otherwise.',
    back: 'Back to the results',
  },

  compare: {
    title: 'Compare words',
    lead: 'How often up to five words occur in each book, per 10,000 words.',
    add: 'Add a word',
    addButton: 'Add',
    full: 'Five is the most. Remove one to add another.',
    remove: (term: string) => `Remove ${term}`,
    examples: 'Try',
    chart: 'Chart',
    table: 'Table',
    total: 'All books',
    book: 'Book',
    perTenThousand: 'per 10,000 words',
    sort: 'Order of the books',
    sorts: { year: 'By year', rate: 'By frequency' },
    share: 'Copy link to this comparison',
    summary: (term: string, book: string, rate: string) => `${term} is most frequent in ${book}: ${rate}.`,
    nowhere: (term: string) => `${term} occurs in none of the books.`,
    occurrences: (value: number) => count(value, 'time', 'times'),
  },

  library: {
    title: 'Library',
    lead: (books: number, words: string) => `${count(books, 'book', 'books')}, ${words} words, by year.`,
    anonymous: 'Author unknown',
    undated: 'Undated',
    words: (value: number) => count(value, 'word', 'words'),
    hours: (value: number) =>
      value < 1 ? 'under an hour' : `about ${count(Math.round(value), 'hour', 'hours')}`,
    list: 'Word list',
    forms: { prose: 'Prose', verse: 'Verse', play: 'Play', scripture: 'Scripture' },
  },

  about: {
    title: 'About',
    lead: 'A small application to search and read classic books, made for learning how software is delivered to Kubernetes.',
    answering: 'Answering now',
    version: 'Version',
    commit: 'Commit',
    pod: 'Pod or host',
    shelf: 'Shelf',
    shelves: { nltk: 'NLTK’s Gutenberg selection', sample: 'Sample shelf', own: 'Your own books' },
    corpus: 'Corpus digest',
    rollout: 'Live rollout',
    rolloutLead:
      'Asks every second which version answers. Shapes and colours are versions, a cross is a failure.',
    start: 'Start watching',
    stop: 'Stop watching',
    reset: 'Clear',
    failed: 'failed',
    dot: (version: string, pod: string, ms: number) => `${version} from ${pod} in ${ms} ms`,
    dotFailed: (reason: string) => `Failed: ${reason}`,
    summary: (total: number, failed: number) =>
      `${count(total, 'request', 'requests')}, ${failed === 0 ? 'none failed' : `${n(failed)} failed`}.`,
    changed: (version: string) => `Version ${version} now answers.`,
  },

  notices: {
    'open-quote': 'This has no partner, so the phrase goes on to the end.',
    parenthesis: 'This has no partner, so it was closed at the end or left out.',
    operator: 'This joins nothing, so it was searched as a word.',
    capitals: 'Searched as a word: only operators stand in capitals.',
    near: 'NEAR stands between words, phrases or words with OR. Both sides were looked for anywhere.',
    distance: 'At most 20 words can stand between.',
    'not-alone': 'What only leaves words out is no alternative, so it was left out.',
    regex: 'Regular expressions are searched as their words. wh?le and *ing work.',
    plus: 'Every word is looked for without this.',
    weight: 'Words have no weights, so this was left out.',
    fuzzy: 'This works after a phrase only, so it was left out.',
    signs: 'This ends a word and means nothing.',
    star: 'This stands beside no letters, so it was left out.',
    'in-phrase': 'Inside quotation marks this means nothing.',
    field: 'Searched as a word. The fields are author:, title:, book: and speaker:.',
    'field-place': 'This chooses books for the whole query only, so it was left out.',
    'unknown-author': 'No author here has that name, so it was left out.',
    'unknown-book': 'No book here has that name, so it was left out.',
  },

  errors: {
    down: 'The server cannot be reached. It may be starting, or the network is away.',
    slow: 'The server took too long to answer.',
    wrong: 'This page cannot read the answer. The server may be in the middle of an update.',
    waiting: 'Still waiting for the server…',
    loading: 'Loading…',
    retry: 'Try again',
    problems: {
      'empty-query': 'There is no word to search for: punctuation does not count.',
      'query-too-long': 'The query is too long. Shorten it.',
      'too-many-terms': 'The query has too many words. Leave some out.',
      'only-exclusions': 'The query only leaves words out. Add one.',
      'invalid-parameter': 'The server does not accept a value in this request.',
      'unknown-book': 'That book is not on the shelf.',
      'unknown-section': 'There is no such section.',
      'unknown-author': 'No book on the shelf is by that author.',
      'bad-cursor': 'This list has changed. Load it again.',
      'no-such-place': 'No place in the books is called that.',
      'not-found': 'There is nothing at that address.',
      'query-timeout': 'The query took too long. Make it simpler.',
      overloaded: 'The server is busy. Try again in a moment.',
      draining: 'The server is just being replaced. Try again in a moment.',
    },
  },

  hints: {
    title: 'Keyboard shortcuts',
    keys: {
      search: 'Search',
      next: 'Next hit, previous hit',
      section: 'Previous section, next section',
      help: 'Show these keys',
      escape: 'Close the suggestions',
    },
    on: 'Single-key shortcuts are on',
    syntaxTitle: 'In the search box',
    syntax: [
      ['"to be or not"', 'these words in this order'],
      ['"loue"', 'just this word in just this spelling'],
      ['whal*, *ing, wh?le', 'words that start, end or look so'],
      ['love -hate, love NOT hate', 'the first, without the second'],
      ['whale OR shark', 'one of them, or both'],
      ['(king OR queen) crown', 'one of the two, and the third'],
      ['whale NEAR/5 white', 'with at most 5 words between'],
      ['author:austen, title:emma', 'only in these books'],
      ['speaker:hamlet', 'where Hamlet speaks, in plays'],
      ['Hamlet 3.1.56-90', 'shows a place: act, scene, lines'],
      ['John 3:16, 18', 'verses'],
      ['The Lamb', 'a poem or chapter by its name'],
    ],
    citeTitle: 'To cite lines and verses',
    cite: 'Choose a number in the margin, then another for all lines between them; “Copy citation” appears below. Lines are counted within the poem or scene as this text prints them, without headings and stage directions. Other editions number plays otherwise.',
  },
};

export type Dictionary = typeof en;
export type ProblemName = keyof Dictionary['errors']['problems'];
