import { defineConfig } from 'vite'

/** Where `detente serve` listens while the front end is worked on; see README.md. */
const SERVER = 'http://127.0.0.1:8766'

export default defineConfig({
  // Relative addresses: the built folder is served from the root of any port.
  base: './',
  // Vite would otherwise make its JSX calls development ones, with file names of this machine.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: {
    outDir: '../src/detente/web/static',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // The policy of the server allows no inline data but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // The first browsers with light-dark(), which styles/tokens.css is built on.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: {
    port: 5173,
    proxy: {
      '/api': {
        target: SERVER,
        changeOrigin: true,
        // The server refuses every foreign Origin; the development page has another port.
        headers: { authorization: 'Bearer dev', origin: SERVER },
      },
    },
  },
})
