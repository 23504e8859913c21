import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Dices, Repeat, SlidersHorizontal } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { remixItem, rerunItem } from '../../services/apiFiles.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { sayError } from '../../ui/primitives/sayError.js';
import { toasts } from '../../ui/primitives/toasts.js';

/** @import { Remix } from '../../services/apiTypes.js' */

/**
 * What can be made of a picture: the same again, another one, or changed in its form.
 * @param {{ id: string, onTweak: (remix: Remix) => void }} props
 */
export function RunAgain({ id, onTweak }) {
  const { t } = useT();
  const client = useQueryClient();
  const say = (/** @type {Error} */ error) => sayError(error, t);
  const again = useMutation({
    mutationFn: (/** @type {'same' | 'new_seed'} */ mode) => rerunItem({ id, mode }),
    onSuccess: ({ warnings }) => {
      toasts.add({ title: t('runs.queued') });
      for (const { message } of warnings) toasts.add({ title: message });
      client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: say,
  });
  const tweak = useMutation({ mutationFn: () => remixItem({ id }), onSuccess: onTweak, onError: say });
  const busy = again.isPending || tweak.isPending;
  return (
    <div className="run-again">
      <Button disabled={busy} onClick={() => again.mutate('new_seed')}>
        <Dices size={18} aria-hidden="true" />
        {t('runs.newSeed')}
      </Button>
      <Button disabled={busy} onClick={() => again.mutate('same')}>
        <Repeat size={18} aria-hidden="true" />
        {t('runs.same')}
      </Button>
      <Button disabled={busy} onClick={() => tweak.mutate()}>
        <SlidersHorizontal size={18} aria-hidden="true" />
        {t('runs.tweak')}
      </Button>
    </div>
  );
}
