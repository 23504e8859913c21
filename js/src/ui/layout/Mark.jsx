/** The sign of CozyGen: a framed picture with a warm sun. */
export function Mark() {
  return (
    <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
      <rect x="2" y="2" width="28" height="28" rx="9" fill="var(--accent-soft)" />
      <circle cx="21" cy="11.5" r="3.6" fill="var(--accent)" />
      <path d="M5 24.5 12.5 15l5 6 3-3.2 6.5 6.7A8.9 8.9 0 0 1 21 28H11a8.9 8.9 0 0 1-6-3.5Z" fill="var(--accent)" />
    </svg>
  );
}
