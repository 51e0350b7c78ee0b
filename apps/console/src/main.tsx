import '@fontsource-variable/geist-mono/wght.css';
import '@fontsource-variable/inter/wght.css';
import './styles.css';
import { UiProviders } from '@sallyport/ui/providers';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import i18next from 'i18next';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from './lib/i18n.ts';
import { createQueryClient } from './lib/query-client.ts';
import { router } from './router.tsx';

startI18n();

const host = document.getElementById('root');
if (host !== null) {
  createRoot(host).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <UiProviders dismissLabel={i18next.t('common:dismiss')}>
          <RouterProvider router={router} />
        </UiProviders>
      </QueryClientProvider>
    </StrictMode>,
  );
}
