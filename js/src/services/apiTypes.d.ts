/** Shapes of docs/api.md that the app reads. */

export type Kind = 'image' | 'video' | 'audio';

export interface Meta {
  has_prompt: boolean;
  prompt?: string | null;
  negative?: string | null;
  model?: string | null;
  models?: string[];
  loras?: string[];
  lora_strengths?: Record<string, number>;
  seed?: string | number | null;
  sampler?: string | null;
  scheduler?: string | null;
  steps?: number | null;
  cfg?: number | null;
  workflow?: string | null;
  source?: string;
  tool?: string;
}

export interface Folder {
  filename: string;
  type: 'directory';
  subfolder: string;
  mtime: number;
}

export interface Picture {
  id: string;
  filename: string;
  subfolder: string;
  type: 'output';
  mtime: number;
  kind: Kind;
  size?: number;
  width?: number | null;
  height?: number | null;
  duration?: number | null;
  fps?: number | null;
  thumb: string;
  url: string;
  blur?: string | null;
  favorite?: boolean;
  rating?: number;
  tags?: string[];
  meta?: Meta | null;
}

export type GalleryItem = Picture | Folder;

export interface GalleryPage {
  items: GalleryItem[];
  page: number;
  per_page: number;
  total_pages: number;
  total_items: number;
  total_is_exact?: boolean;
  generation?: number | string;
  offset?: number;
}

export interface GalleryQuery {
  subfolder?: string;
  recursive?: boolean;
  show_hidden?: boolean;
  kind?: Kind | 'all';
  include_meta?: boolean;
  sort?: string;
  q?: string;
  offset?: number;
  limit?: number;
  page?: number;
  per_page?: number;
  generation?: number | string;
  around?: string;
  fields?: string;
}

export interface AuthStatus {
  authenticated: boolean;
  user: string | null;
  auth_enabled: boolean;
  default_credentials?: boolean;
  exp?: number;
}

export interface Timeline {
  months: { month: string; count: number; offset: number }[];
  total: number;
}

export interface SessionItem {
  id: string;
  user: string;
  device: string;
  created: number;
  used: number;
  expires: number | null;
  current: boolean;
}

export interface Pairing {
  code: string;
  path: string;
  expires: number;
  expires_in: number;
}

export interface SessionList {
  sessions: SessionItem[];
}

export interface SignedIn {
  user: string;
  expires_in: number;
  default_credentials: boolean;
}

export type FieldValue = string | number | boolean | null;

export interface FormField {
  name: string;
  label: string;
  kind: 'text' | 'integer' | 'number' | 'boolean' | 'choice' | 'image' | 'lora_pair';
  default: FieldValue;
  min?: number | string | null;
  max?: number | string | null;
  step?: number | null;
  multiline: boolean;
  role: string | null;
  choices: string[] | null;
  choice_type: string | null;
  randomize: boolean;
  bypass: boolean;
  priority: number;
  node_id: string | null;
  input: string | null;
  help?: string;
  part_of?: string;
  pair?: { high: string; low: string; pairs: { label: string; high: string; low: string }[] };
}

export interface WorkflowForm {
  workflow: string;
  title: string;
  source: string;
  version: string;
  type: string | null;
  fields: FormField[];
  groups: { name: string; fields: string[] }[];
  problems: { code: string; message: string; node_id?: string; field?: string }[];
}

export interface WorkflowList {
  workflows: string[];
}

export interface Run {
  run_id: string;
  prompt_id: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  workflow: string | null;
  title: string;
  values: Record<string, FieldValue>;
  created: number;
  started: number | null;
  finished: number | null;
  progress: number;
  node?: string | null;
  eta_s?: number | null;
  outputs: unknown[];
  error?: { message: string; field?: string; node_id?: string; node_type?: string } | null;
}

export interface RunList {
  runs: Run[];
}

export interface UploadedInput {
  filename: string;
  size: number;
  /** what a picture field takes */
  path: string;
  subfolder: string;
  kind: 'image' | 'video';
  width: number | null;
  height: number | null;
}

export interface InputItem {
  name: string;
  rel_path: string;
  is_dir: boolean;
  size: number;
  mtime: number;
  kind?: 'image' | 'video';
  url?: string;
  thumb?: string;
}

export interface InputPage {
  items: InputItem[];
  page: number;
  per_page: number;
  total_pages: number;
  total_items: number;
  cwd: string;
}

export interface QueueBody {
  workflow: string;
  values: Record<string, FieldValue>;
  bypassed?: string[];
  seeds?: Record<string, string>;
  count?: number;
  idempotency_key?: string;
}

export interface Queued {
  runs: { run_id: string; prompt_id: string; number: number; values: Record<string, FieldValue> }[];
  warnings: { code: string; message: string; field?: string }[];
}
