import { useMutation } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { claimPairing } from '../../services/api.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { deviceName } from './device.js';
import './auth.css';

/**
 * Signs this device in with the one-time code of a QR code; only after a tap, so that no preview of a link uses it up.
 * @param {{ code: string, onDone: () => void }} props
 */
export function Claim({ code, onDone }) {
  const { t } = useT();
  const claim = useMutation({
    mutationFn: () => claimPairing({ code, device: deviceName(navigator.userAgent) }),
    onSuccess: onDone,
  });
  return (
    <div className="sign-in">
      <p>{t('pair.claimText')}</p>
      {claim.error && (
        <p className="field-error" role="alert">
          {claim.error.message}
        </p>
      )}
      <Button variant="primary" wide disabled={claim.isPending} onClick={() => claim.mutate()}>
        {t('pair.claim')}
      </Button>
    </div>
  );
}
