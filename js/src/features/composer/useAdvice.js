/** @import { PromptAdvice } from '../../services/apiTypes.js' */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { lintPrompt } from '../../services/api.js';

const PAUSE_MS = 350;

/** @param {string} text */
function useSettled(text) {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useDeferredValue(settled);
}

/**
 * What the server says about a prompt once typing rests. `fresh` is whether it is about this very text: only then do
 * its positions mean anything.
 * @param {string} text
 * @param {string[]} loras those that the form adds
 */
export function useAdvice(text, loras) {
  const settled = useSettled(text);
  const query = useQuery({
    queryKey: ['advice', settled, loras],
    queryFn: async ({ signal }) => ({ about: settled, advice: await lintPrompt({ text: settled, loras }, signal) }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const { about, advice } = query.data ?? { about: null, advice: /** @type {PromptAdvice | null} */ (null) };
  return { advice, about: about ?? '', fresh: about === text, error: query.error };
}
