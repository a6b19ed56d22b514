/// <reference types="vitest/config" />
import { defineConfig } from 'vite';

/** The server's port in development; `npm run dev` hands what is asked of the API to it. */
const server = process.env.REPLICATOR_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  build: {
    outDir: '../target/classes/META-INF/resources/replicator',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/health': server } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
