import { describe, expect, it } from 'vitest';
import { citation, unitReference } from './citation';

const book = { author: 'A. Writer', published: null, gutenberg: null };

describe('a citation', () => {
  it.each([
    ['Moby-Dick; or, The Whale', 'Moby-Dick, Chapter 36', 'Moby-Dick; or, The Whale, Chapter 36'],
    ['The Tragedie of Hamlet', 'Hamlet, Act 3', 'The Tragedie of Hamlet, Act 3'],
    ['Emma', 'Emma, Volume I', 'Emma, Volume I'],
    ['Emma', 'Emma', 'Emma'],
    ['Yes, No', 'Yes, No, Chapter 1', 'Yes, No, Chapter 1'],
    ['The King James Bible', 'John 3:16', 'The King James Bible, John 3:16'],
  ])('says the title once: %s, %s', (title, reference, cited) => {
    expect(citation({ ...book, title, reference }, '')).toBe(`A. Writer, ${cited}.`);
  });

  it('nests no brackets', () => {
    const hamlet = { ...book, title: 'Hamlet', reference: 'Hamlet', published: 'c. 1600 (First Folio 1623)' };
    expect(citation(hamlet, 'https://x')).toBe('A. Writer, Hamlet (c. 1600; First Folio 1623). https://x');
  });
});

it('cites lines and verses as the API does', () => {
  expect(unitReference('John 3', 'verse', '1-7,15')).toBe('John 3:1–7, 15');
  expect(unitReference('Hamlet, Act 3', 'spoken', '56')).toBe('Hamlet, Act 3, line 56');
  expect(unitReference('The Lamb', 'line', '1-2')).toBe('The Lamb, lines 1–2');
});
