/** @import { FieldValue, FormField } from '../../services/apiTypes.js' */
import { useMutation } from '@tanstack/react-query';
import { Camera, FolderOpen, ImagePlus, Upload, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { uploadImage } from '../../services/api.js';
import { urlOf } from '../../services/request.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { sayError } from '../../ui/primitives/sayError.js';
import { placeOf } from './imageReference.js';
import { PictureSources } from './PictureSources.jsx';
import './image.css';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,image/bmp,image/tiff,video/mp4,video/webm';

/** @param {(reference: string) => void} onDone */
function useUpload(onDone) {
  const { t } = useT();
  return useMutation({
    mutationFn: (/** @type {File} */ file) => uploadImage(file),
    onSuccess: ({ path }) => onDone(path),
    onError: (error) => sayError(error, t),
  });
}

/** @param {DataTransfer | null} data @returns {File | undefined} */
const pictureIn = (data) => [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));

/** @param {{ label: string, icon: React.ReactNode, camera?: boolean, onFile: (file: File) => void }} props */
function FileButton({ label, icon, camera = false, onFile }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  return (
    <>
      <Button className={camera ? 'image-camera' : ''} onClick={() => input.current?.click()}>
        {icon}
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        {...(camera && { capture: 'environment' })}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}

/** @param {{ reference: string }} props */
function Preview({ reference }) {
  const place = placeOf(reference);
  const [broken, setBroken] = useState('');
  if (!place || broken === reference) return <ImagePlus size={28} aria-hidden="true" />;
  return <img src={urlOf('thumb', { ...place, w: 384 })} alt={place.filename} onError={() => setBroken(reference)} />;
}

/**
 * A picture to work from: uploaded, photographed, pasted, dropped, or chosen from the input folder or the gallery.
 * @param {{ id: string, field: FormField, value: FieldValue, onChange: (value: FieldValue | undefined) => void }} props
 */
export function ImageInput({ id, field, value, onChange }) {
  const { t } = useT();
  const reference = typeof value === 'string' ? value : '';
  const [choosing, setChoosing] = useState(false);
  const take = (/** @type {string} */ next) => {
    onChange(next);
    setChoosing(false);
  };
  const upload = useUpload(take);
  const offer = (/** @type {React.SyntheticEvent} */ event, /** @type {DataTransfer | null} */ data) => {
    const file = pictureIn(data);
    if (!file) return;
    event.preventDefault();
    upload.mutate(file);
  };
  return (
    <div
      className="image-input"
      onPaste={(event) => offer(event, event.clipboardData)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => offer(event, event.dataTransfer)}
    >
      <button
        type="button"
        id={id}
        className="image-preview"
        aria-label={t('image.choose', { name: field.label })}
        aria-busy={upload.isPending}
        onClick={() => setChoosing(true)}
      >
        <Preview reference={reference} />
      </button>
      <div className="image-words">
        <span>{upload.isPending ? t('image.sending') : placeOf(reference)?.filename || t('image.none')}</span>
        <div className="image-actions">
          <FileButton label={t('image.upload')} icon={<Upload size={18} aria-hidden="true" />} onFile={upload.mutate} />
          <IconButton label={t('image.choose', { name: field.label })} onClick={() => setChoosing(true)}>
            <FolderOpen size={20} />
          </IconButton>
          {reference && (
            <IconButton label={t('image.clear')} onClick={() => onChange('')}>
              <X size={20} />
            </IconButton>
          )}
        </div>
      </div>
      <Sheet open={choosing} onClose={() => setChoosing(false)} title={field.label}>
        <div className="image-actions">
          <FileButton label={t('image.upload')} icon={<Upload size={18} aria-hidden="true" />} onFile={upload.mutate} />
          <FileButton
            label={t('image.camera')}
            camera
            icon={<Camera size={18} aria-hidden="true" />}
            onFile={upload.mutate}
          />
        </div>
        <PictureSources onPick={take} />
      </Sheet>
    </div>
  );
}
