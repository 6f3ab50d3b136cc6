import { expect, it } from 'vitest';
import { ApiError } from './client';
import { lenient, without } from './lenient';

const refusal = (value: string) =>
  new ApiError('problem', {
    type: 'urn:gutenberg-search:unknown-book',
    title: '',
    status: 404,
    detail: '',
    value,
  });

/** Answers with what it was asked, unless one of the values begins with a minus. */
function ask(values: readonly string[]): Promise<{ answered: readonly string[] }> {
  const wrong = values.find((value) => value.startsWith('-'));
  return wrong ? Promise.reject(refusal(wrong)) : Promise.resolve({ answered: values });
}

it('answers what is left when parts of a request are refused, and says which', async () => {
  const { answered, refused } = await lenient(['a', '-b', 'c', '-d'], ask, without);
  expect(answered).toEqual(['a', 'c']);
  expect(refused.map(({ problem }) => problem?.value)).toEqual(['-b', '-d']);
});

it('refuses what it cannot leave out', async () => {
  await expect(lenient(['-a'], ask, () => null)).rejects.toThrow(ApiError);
});

it('gives up on a request of which more and more is refused', async () => {
  const values = Array.from({ length: 20 }, (_, i) => `-${i}`);
  let asked = 0;
  const counting = (left: readonly string[]) => (asked++, ask(left));
  await expect(lenient(values, counting, without)).rejects.toThrow(ApiError);
  expect(asked).toBeLessThan(10);
});

it('leaves failures of another kind as they are', async () => {
  await expect(lenient(['a'], () => Promise.reject(new ApiError('down')), without)).rejects.toThrow('down');
});
