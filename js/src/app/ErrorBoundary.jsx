import { Component } from 'react';
import { CrashState } from './CrashState.jsx';

/** A mistake in one page must not take the app down. */
export class ErrorBoundary extends Component {
  /** @param {{ children: React.ReactNode }} props */
  constructor(props) {
    super(props);
    this.state = { error: /** @type {Error | null} */ (null) };
  }

  /** @param {unknown} thrown */
  static getDerivedStateFromError(thrown) {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  /** @override */
  render() {
    const { error } = this.state;
    return error ? <CrashState error={error} /> : this.props.children;
  }
}
