import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// nginx strips /api in the same way, so that the page calls one address everywhere.
const backend = process.env.GUTENBERG_API ?? 'http://localhost:8000';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  server: {
    port: 5173,
    proxy: {
      '^/api/': {
        target: backend,
        rewrite: (path) => path.replace(/^\/api/, ''),
        bypass: ({ url }) => (url === '/api/docs' ? '/api-docs.html' : undefined),
      },
    },
  },
  build: {
    target: 'es2022',
    // Data URLs would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'api-docs.html'] },
    // Swagger UI alone is that large, which only /api/docs loads.
    chunkSizeWarningLimit: 1600,
  },
  test: {
    environment: 'jsdom',
    // Each file has a document of its own, as in a process of its own, in a third of the time.
    pool: 'vmThreads',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
