import { Minus, Plus } from 'lucide-react';
import { IconButton } from './IconButton.jsx';

/**
 * A value between one step less and one step more.
 * @param {{ less: string, more: string, onStep: (direction: 1 | -1) => void, children: React.ReactNode }} props
 */
export function Stepper({ less, more, onStep, children }) {
  return (
    <span className="stepper">
      <IconButton label={less} onClick={() => onStep(-1)}>
        <Minus size={16} />
      </IconButton>
      {children}
      <IconButton label={more} onClick={() => onStep(1)}>
        <Plus size={16} />
      </IconButton>
    </span>
  );
}
