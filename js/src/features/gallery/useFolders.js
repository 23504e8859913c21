/** @import { Folder } from '../../services/apiTypes.js' */
import { useQuery } from '@tanstack/react-query';
import { getGallery } from '../../services/api.js';

const MOST = 500;

/**
 * The folders directly inside one, by name. Folders come first in a listing that is not recursive.
 * @param {string} folder
 */
export function useFolders(folder) {
  return useQuery({
    queryKey: ['gallery', 'folders', folder],
    queryFn: async ({ signal }) => {
      const page = await getGallery(
        { subfolder: folder, recursive: false, offset: 0, limit: MOST, per_page: MOST },
        signal,
      );
      const folders = /** @type {Folder[]} */ (page.items.filter((item) => item.type === 'directory'));
      return folders.toSorted((a, b) => a.filename.localeCompare(b.filename, undefined, { numeric: true }));
    },
    staleTime: 60_000,
  });
}
