import { describe, expect, it } from 'vitest';
import type { Mark } from './api/types';
import { blocks, CodePoints, excerpt, lastWords, type Segment } from './text';

const segments = (text: string, marks: Mark[]) => blocks(text, marks).flatMap((block) => block.segments);
const shown = (all: Segment[]) => all.map(({ text, mark }) => (mark === null ? text : `[${text}]`)).join('');

describe('code points', () => {
  it('counts and slices letters outside the BMP as one', () => {
    const text = new CodePoints('a𝔟c');
    expect(text.length).toBe(3);
    expect(text.slice(1, 2)).toBe('𝔟');
    expect(text.slice(2, 3)).toBe('c');
  });
});

describe('marks', () => {
  it('splits the text where marks begin and end', () => {
    expect(
      shown(
        segments('the white whale', [
          [4, 9],
          [10, 15],
        ]),
      ),
    ).toBe('the [white] [whale]');
  });

  it('stands at the right letters after an astral one', () => {
    expect(shown(segments('𝔄𝔅 whale', [[3, 8]]))).toBe('𝔄𝔅 [whale]');
  });

  it('survives marks that overlap, are out of order or reach beyond the text', () => {
    expect(
      shown(
        segments('abcdef', [
          [4, 99],
          [1, 3],
          [2, 4],
        ]),
      ),
    ).toBe('a[bc][d][ef]');
  });

  it('gives back the whole text', () => {
    const text = 'one two three';
    expect(
      segments(text, [
        [0, 3],
        [8, 13],
      ])
        .map((one) => one.text)
        .join(''),
    ).toBe(text);
  });
});

describe('blocks', () => {
  it('are separated by blank lines, also by lines of spaces', () => {
    expect(blocks('one\ntwo\n \nthree', []).map((block) => shown(block.segments))).toEqual([
      'one\ntwo',
      'three',
    ]);
  });

  it('keep the indentation of a line of verse', () => {
    expect(blocks('Tyger\n\n  burning', []).map((block) => shown(block.segments))).toEqual([
      'Tyger',
      '  burning',
    ]);
  });

  it('keep marks at their letters across paragraphs', () => {
    const all = blocks('𝔄 sea\n\nthe whale', [
      [2, 5],
      [11, 16],
    ]);
    expect(all.map((block) => shown(block.segments))).toEqual(['𝔄 [sea]', 'the [whale]']);
  });

  it('name each anchor once, where it starts', () => {
    const all = blocks('one two\n\nthree', [], { anchors: [0, 4, 7] });
    const starts = all.flatMap((block) => block.segments.map(({ anchor }) => anchor));
    expect(starts.filter((start) => start !== null)).toEqual([0, 4, 9]);
  });

  it('begin at each anchor where those stand apart, as verses do', () => {
    const verses = blocks('1:1 In the beginning 1:2 And the earth', [], { anchors: [0, 21], apart: true });
    expect(verses.map((block) => shown(block.segments))).toEqual([
      '1:1 In the beginning ',
      '1:2 And the earth',
    ]);
  });

  it('tell what is chosen, within marks as well', () => {
    const chosen = blocks('one two three four', [[4, 13]], { chosen: [[8, 18]] }).flatMap(
      (block) => block.segments,
    );
    expect(chosen.map((one) => [one.text, one.mark, one.chosen])).toEqual([
      ['one ', null, false],
      ['two ', 0, false],
      ['three', 0, true],
      [' four', null, true],
    ]);
  });
});

describe('an excerpt', () => {
  const long = `${'before '.repeat(60)}whale${' after'.repeat(60)}`;

  it('shows some words around the mark and says that there are more', () => {
    const { text, marks } = excerpt(long, [[420, 425]], false);
    expect(text.length).toBeLessThan(260);
    expect(text).toMatch(/^… before .* after …$/);
    expect(text.slice(...(marks[0] as [number, number]))).toBe('whale');
  });

  it('shows a short passage whole', () => {
    expect(excerpt('a whale', [[2, 7]], false)).toEqual({ text: 'a whale', marks: [[2, 7]] });
  });

  it('chooses the stretch with the most marks', () => {
    const text = `sea ${'x '.repeat(300)}sea sea`;
    expect(
      excerpt(
        text,
        [
          [0, 3],
          [604, 607],
          [608, 611],
        ],
        false,
      ).marks,
    ).toHaveLength(2);
  });

  it('cuts verse at line ends', () => {
    const verse = Array.from({ length: 40 }, (_, i) => `line number ${i}`).join('\n');
    const { text } = excerpt(verse, [[300, 304]], true);
    expect(text.split('\n').every((line) => /^(… )?line number \d+( …)?$/.test(line))).toBe(true);
  });
});

describe('Chinese and Japanese', () => {
  it('have paragraphs that a wide space indents or a quotation mark opens', () => {
    const text = '　吾輩は猫である。\n　名前はまだ無い。\n「猫」と\n言う。';
    expect(blocks(text, [[1, 3]]).map((block) => shown(block.segments))).toEqual([
      '　[吾輩]は猫である。',
      '　名前はまだ無い。',
      '「猫」と\n言う。',
    ]);
  });

  it('have excerpts that end beside any character and are half as long', () => {
    const text = '一二三四五六七八九十'.repeat(30);
    const found = excerpt(text, [[150, 152]], false);
    expect(found.text).toBe(`… ${text.slice(95, 207)} …`);
    expect(found.marks).toEqual([[57, 59]]);
  });
});

describe('the last words', () => {
  const within = (width: number) => (text: string) => text.length <= width;

  it('are as many as fit, whole', () => {
    expect(lastWords('the great white ', within(10))).toBe('white ');
    expect(lastWords('the great white ', within(16))).toBe('the great white ');
  });

  it('are characters where no spaces part words', () => {
    expect(lastWords('吾輩は猫である', within(4))).toBe('猫である');
    expect(lastWords('ແມວນັ່ງ', within(5))).toBe('ວນັ່ງ');
    expect(lastWords('ນັ່ງແມວ', within(6))).toBe('ງແມວ');
    expect(lastWords('ဆရာကလ', within(2))).toBe('ကလ');
    expect(lastWords('ខ្មៅទូក', within(3))).toBe('ទូក');
  });

  it('are at least one', () => {
    expect(lastWords('a leviathan', within(4))).toBe('leviathan');
    expect(lastWords('', within(4))).toBe('');
  });
});
