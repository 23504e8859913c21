import { modelPictureUrl } from '../../services/api.js';
import './choicePicture.css';

/**
 * The picture that lies beside a model; an empty place where there is none, so that names stay in line.
 * @param {{ link: string | undefined }} props
 */
export function ChoicePicture({ link }) {
  return (
    <span className="choice-picture">
      {link && <img src={modelPictureUrl(link)} alt="" loading="lazy" decoding="async" />}
    </span>
  );
}
