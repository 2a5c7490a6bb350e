import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { ApiError } from './api/client';
import { startTexts } from './lang/text/texts';
import './styles/base.css';
import './styles/controls.css';
import './styles/charts.css';
import './styles/layout.css';
import './styles/side.css';
import './styles/query.css';
import './styles/result.css';
import './styles/detail.css';
import './styles/explorer.css';
import './styles/editor.css';
import './styles/pages.css';
import './styles/rules.css';

const maxRetries = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server has refused it will refuse again; only an absent server is worth another try.
      retry: (failures, error) => failures < maxRetries && error instanceof ApiError && error.status === 0,
      refetchOnWindowFocus: false,
      // The server may be on this very machine: no network does not mean no server.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element #root');
}

await startTexts();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
