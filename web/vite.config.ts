import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

const server = process.env.BONGSU_SERVER ?? 'http://127.0.0.1:7600';

export default defineConfig({
  plugins: [react(), precompress()],
  worker: { format: 'es' },
  // The KQL language service is one 8 MB worker: a warning about it at every build teaches people to skip warnings.
  build: { target: 'es2022', chunkSizeWarningLimit: 9000 },
  // The server checks that Origin is its own, so the development proxy speaks as if it were.
  server: {
    proxy: { '/api': { target: server, changeOrigin: true, headers: { origin: server } } },
  },
});
