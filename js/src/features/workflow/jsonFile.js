/** @param {File} file @returns {Promise<unknown>} @throws {Error} with a sentence, where it is no JSON */
export async function readJson(file) {
  const text = await file.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${file.name} is not a JSON file.`, { cause: error });
  }
}

/** @param {unknown} data @param {string} name */
export function saveFile(data, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
