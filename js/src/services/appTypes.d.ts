/** The names by which the app calls the shapes of the API; the shapes are made from the table (apiTypes.d.ts). */
import type { components } from './apiTypes';

export type Schemas = components['schemas'];

export type Meta = Schemas['Meta'];
export type Folder = Schemas['FolderItem'];
export type Picture = Schemas['Item'];
export type Kind = Picture['kind'];
export type GalleryItem = Picture | Folder;
export type GalleryPage = Schemas['GalleryReply'];
export type Timeline = Schemas['TimelineReply'];
/** Paging in numbers; words of the search are not in the table's query. */
export type GalleryQuery = Omit<Partial<Schemas['GalleryQuery']>, 'page' | 'per_page'> & {
  page?: number;
  per_page?: number;
  q?: string;
};

export type AuthStatus = Schemas['cozygen__accounts__endpoints__StatusReply'];
export type SessionItem = Schemas['SessionItem'];
export type SessionList = Schemas['SessionsReply'];
export type TokenItem = Schemas['TokenItem'];
export type TokenList = Schemas['TokensReply'];
export type TokenBody = Schemas['TokenBody'];
export type NewToken = Schemas['NewTokenReply'];
export type Pairing = Schemas['PairReply'];
export type SignedIn = Schemas['LoginReply'];

export type FormField = Schemas['FieldReply'];
export type FieldValue = FormField['default'];
export type WorkflowForm = Schemas['FormReply'];
export type WorkflowItem = Schemas['FileReply'];
export type WorkflowList = Schemas['WorkflowsReply'];

/** An answer with its ETag, for what is written back. */
export interface Tagged<Answer> {
  answer: Answer;
  etag: string | null;
}
export interface Undoable {
  undo?: string | null;
}
export type FormSettings = Omit<Schemas['SettingsReply'], 'workflow' | 'undo'>;
/** Values that fit the form as it is now; problems name those that do not. */
export type CheckedValues = Schemas['CheckedReply'];
export type StoredValues = Schemas['ValuesReply'];
export type Preset = Schemas['PresetReply'];
export type PresetsChanged = Schemas['PresetsChangedReply'];

export type Run = Schemas['RunReply'];
/** What a page keeps of the list; the store needs the runs alone. */
export type RunList = Pick<Schemas['RunsReply'], 'runs'> & Partial<Schemas['RunsReply']>;
export type QueueBody = Schemas['QueueBody'];
export type Queued = Schemas['QueueReply'];
export type Remix = Schemas['RemixReply'];

export type UploadedInput = Schemas['UploadReply'];
export type InputItem = Schemas['InputItem'];
export type InputPage = Schemas['InputReply'];

export type Aliases = { items?: Record<string, string>; categories?: Record<string, string>; categoryList?: string[] };
export type AliasChange = Schemas['AliasReply'];
export type AliasMatch = Schemas['FoundAlias'];
export type AliasMatches = Schemas['AliasSearchReply'];
export type AliasCategory = Schemas['CategoryReply'];
export type AliasCategories = Schemas['AliasCategoriesReply'];
export type WildcardNames = Schemas['WildcardsReply'];
export type AliasCategoryChange = Schemas['CategoryBody'];
export type AliasImport = Schemas['ImportBody'];
export type AliasImported = Schemas['ImportReply'];
/** What a write of a document answers. */
export type Changed = { status?: string; undo?: string | null };
export type AdviceBody = Schemas['LintBody'];
export type PromptAdvice = Schemas['LintReply'];
export type PromptIssue = Schemas['IssueReply'];
export type Expanded = Schemas['ExpandReply'];
export type AliasAdvice = Schemas['CheckReply'];
export type HealthReport = Schemas['HealthReply'];

export type TagItem = Schemas['TagItem'];
export type TagPage = Schemas['SearchReply'];
export type TagCategories = Schemas['CategoriesReply'];
/** As the table's query, with what it reads from text. */
export type TagQuery = Partial<Schemas['cozygen__tags__endpoints__SearchQuery']>;
export type TagLists = Schemas['SourcesReply'];
export type TagList = Schemas['SourceItem'];
export type TagListChange = Schemas['ListChange'];
export type TagListTaken = Schemas['cozygen__tags__list_endpoints__UploadReply'];
export type RelatedTags = Schemas['RelatedReply'];
