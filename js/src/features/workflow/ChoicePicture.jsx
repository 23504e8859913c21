import { urlOf } from '../../services/request.js';
import './choicePicture.css';

/**
 * The picture that lies beside a model; an empty place where there is none, so that names stay in line.
 * @param {{ link: string | undefined }} props
 */
export function ChoicePicture({ link }) {
  return (
    <span className="choice-picture">
      {link && <img src={urlOf(link, { w: 192 })} alt="" loading="lazy" decoding="async" />}
    </span>
  );
}
