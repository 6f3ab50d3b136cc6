import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    discloseVersion: false,
    // Elements are made by calls, not by innerHTML: smaller, and fit for Trusted Types.
    fragments: 'tree',
    // Shorter than the default: the name stands on every styled element, and JavaScript has a budget.
    cssHash: ({ hash, filename = '' }) => `s-${hash(filename).slice(0, 4)}`,
  },
};
