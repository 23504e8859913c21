/** @import { FormField } from '../../services/apiTypes.js' */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getChoices } from '../../services/api.js';

const NONE = /** @type {Record<string, string>} */ ({});

/** @param {readonly string[]} a @param {readonly string[]} b */
const same = (a, b) => a.length === b.length && a.every((name, i) => name === b[i]);

/**
 * The pictures of a field's models. Asking reads the folder anew; what came or went since shows in the form.
 * @param {FormField} field
 * @param {boolean} open
 */
export function useModelPictures(field, open) {
  const client = useQueryClient();
  const type = field.choice_type;
  const { data = NONE } = useQuery({
    queryKey: ['choices', type],
    queryFn: async ({ signal }) => {
      const listed = await getChoices(type ?? '', { refresh: true, previews: true }, signal);
      if (!same(listed.choices, field.choices ?? [])) void client.invalidateQueries({ queryKey: ['form'] });
      return listed.previews ?? NONE;
    },
    enabled: open && Boolean(type),
    staleTime: 10_000,
  });
  return data;
}
