import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { EMPTY } from '../../lib/urls';
import { serve } from '../../test/server';
import Collocates from './Collocates.svelte';

const found = {
  query: 'whale',
  variants: {},
  window: 5,
  side: 'both',
  occurrences: 12,
  truncated: true,
  passages: 10,
  passages_read: 4,
  collocates: [{ word: 'sperm', count: 218, expected: 1.91, score: 1953.3 }],
};

it('names the word in its heading, and of how much of the text it speaks', async () => {
  serve({ '/collocates': found });
  render(Collocates, { q: 'whale', query: { ...EMPTY, q: 'whlae' } });
  expect(await screen.findByRole('heading')).toHaveTextContent(
    'Words often found near whale, in 4 of 10 passages',
  );
});

it('shows what was observed, what was expected, and how surprising that is', async () => {
  serve({ '/collocates': found });
  render(Collocates, { q: 'whale', query: { ...EMPTY, q: 'whale', books: ['one'] } });
  expect(await screen.findByRole('row', { name: 'sperm 218 1.9 1953.3' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'sperm' })).toHaveAttribute(
    'href',
    '/?q=whale+sperm&book=one&view=concordance',
  );
  expect(screen.getByText(/Dunning 1993/)).toBeVisible();
});

it('can be asked of a span, a side, and with function words', async () => {
  const requests = serve({ '/collocates': found });
  const user = userEvent.setup();
  const query = { ...EMPTY, q: 'whale', span: '2', side: 'left', view: 'collocates' } as const;
  render(Collocates, { q: 'whale', query });
  await waitFor(() => expect(requests).toHaveLength(1));
  expect(requests[0]?.search).toBe('?q=whale&window=2&side=left&function_words=false&limit=50');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Span' }), '4 words');
  expect(location.search).toBe('?q=whale&view=collocates&span=4&side=left');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Side' }), 'Right');
  expect(location.search).toBe('?q=whale&view=collocates&span=2&side=right');
  await user.click(screen.getByRole('checkbox', { name: 'Function words' }));
  expect(location.search).toBe('?q=whale&view=collocates&span=2&side=left&function_words=true');
});
