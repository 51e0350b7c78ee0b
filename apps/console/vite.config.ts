import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const controlPlane = process.env.CONTROL_PLANE_URL ?? 'http://127.0.0.1:4400';
const forwarded = ['/graphql', '/live', '/auth', '/detection/export'];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    target: 'es2023',
    manifest: true,
    sourcemap: false,
    // The policy of the page allows no data: URL for fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(forwarded.map((path) => [path, { target: controlPlane, changeOrigin: true }])),
  },
});
