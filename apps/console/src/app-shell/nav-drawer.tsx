import { Drawer } from '@sallyport/ui/drawer';
import { useTranslation } from 'react-i18next';
import { Nav } from './nav.tsx';

/** The navigation on a small screen. */
export function NavDrawer({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Drawer open={open} onOpenChange={(next) => !next && onClose()} label={t('nav.label')}>
      <Nav onNavigate={onClose} />
    </Drawer>
  );
}
