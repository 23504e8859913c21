/* Made from the endpoint table by `make contract`; do not edit. The names that the app uses: appTypes.d.ts. */
export * from './appTypes';

export interface paths {
    "/cozygen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * To the app
         * @description `/cozygen` → `/cozygen/`, relative so that it holds under a proxy's sub-path.
         */
        get: operations["http_redirect_to_app"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The app
         * @description The page. Never cached, because it names the hashed files of one build.
         */
        get: operations["http_index"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/assets/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A built file
         * @description A built file whose name holds its hash.
         */
        get: operations["http_asset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/manifest.webmanifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The web app manifest
         * @description A file with a fixed name: manifest, service worker, icons, texts.
         */
        get: operations["http_named_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/sw.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The service worker
         * @description A file with a fixed name: manifest, service worker, icons, texts.
         */
        get: operations["http_named_file_sw_js"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/favicon.ico": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The icon
         * @description A file with a fixed name: manifest, service worker, icons, texts.
         */
        get: operations["http_named_file_favicon_ico"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/icons/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An icon
         * @description A file with a fixed name: manifest, service worker, icons, texts.
         */
        get: operations["http_named_file_icons_path"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/locales/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Texts of a language
         * @description A file with a fixed name: manifest, service worker, icons, texts.
         */
        get: operations["http_named_file_locales_path"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/hello": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the server there?
         * @description The server is there.
         */
        get: operations["http_hello"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the server is
         * @description How the server is; details only for somebody who may see them.
         */
        get: operations["http_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API as OpenAPI 3.1
         * @description The OpenAPI 3.1 document of this server, made from its table of endpoints.
         */
        get: operations["http_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An address as a QR code
         * @description The text as a QR code, an SVG picture.
         */
        get: operations["http_qr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All workflow files
         * @description All workflow files.
         */
        get: operations["workflows_list_workflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/workflows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One workflow file
         * @description One workflow file as it stands.
         */
        get: operations["workflows_read_workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflows/{name}/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A workflow's form
         * @description The form of a workflow.
         */
        get: operations["workflows_read_form"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save a workflow
         * @description Write a workflow; a new one needs no If-Match, an existing one does.
         */
        put: operations["workflows_save_workflow"];
        post?: never;
        /**
         * Put a workflow into the trash
         * @description Put a workflow into the trash; the answer's `undo` brings it back.
         */
        delete: operations["workflows_delete_workflow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflows/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload workflow files
         * @description Keep workflow files; a name that is taken gets a number, nothing is overwritten.
         *
         *     A file that is none is named in `refused` and the others are kept; where all
         *     are refused, the first one's error is the reply.
         */
        post: operations["workflows_upload_workflows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflows/{name}/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rename a workflow
         * @description Give a workflow another name.
         */
        post: operations["workflows_rename_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflows/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a deleted workflow back
         * @description Bring a deleted workflow back.
         */
        post: operations["workflows_restore_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflow_pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's pinned workflows
         * @description The caller's pinned workflows.
         */
        get: operations["workflows_read_pins"];
        /**
         * Pin workflows
         * @description Replace the caller's pinned workflows.
         */
        put: operations["workflows_write_pins"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/form_settings/{workflow}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's order, labels and hidden fields of a form
         * @description The caller's settings of one form.
         */
        get: operations["workflows_read_settings"];
        /**
         * Order, rename, hide and pin fields of a form
         * @description Replace the caller's settings of one form; all empty removes them.
         */
        put: operations["workflows_write_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/form_values/{workflow}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's last values of a form
         * @description What the caller last filled in, on any device.
         */
        get: operations["presets_read_values"];
        /**
         * Keep the values of a form
         * @description Replace what was read; the first write needs no If-Match.
         */
        put: operations["presets_write_values"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/get_choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names to choose from
         * @description The names of one choice type.
         */
        get: operations["workflows_get_choices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of a model
         * @description What is known of a model.
         */
        get: operations["workflows_read_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All aliases
         * @description The whole document, as stored.
         */
        get: operations["aliases_read"];
        put?: never;
        /**
         * Replace all aliases
         * @description Replace the whole document; with `If-Match` only the version that was read.
         */
        post: operations["aliases_replace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/aliases/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One alias
         * @description One alias.
         */
        get: operations["aliases_read_one"];
        /**
         * Create or replace an alias
         * @description Create an alias, or replace the version that was read.
         */
        put: operations["aliases_put"];
        post?: never;
        /**
         * Delete an alias
         * @description Delete the version that was read.
         */
        delete: operations["aliases_delete"];
        options?: never;
        head?: never;
        /**
         * Change or rename an alias
         * @description Change name, text or category of the version that was read.
         */
        patch: operations["aliases_patch"];
        trace?: never;
    };
    "/cozygen/api/workflow_types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Types of workflows
         * @description All types.
         */
        get: operations["workflows_read"];
        put?: never;
        /**
         * Set a workflow's type
         * @description Set or remove the type of a workflow.
         */
        post: operations["workflows_replace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflow_types/{workflow}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One workflow's type
         * @description The type of one workflow.
         */
        get: operations["workflows_read_one"];
        put?: never;
        post?: never;
        /**
         * Remove a workflow's type
         * @description Remove the version that was read.
         */
        delete: operations["workflows_delete"];
        options?: never;
        head?: never;
        /**
         * Change a workflow's type
         * @description Change the version that was read.
         */
        patch: operations["workflows_patch"];
        trace?: never;
    };
    "/cozygen/api/workflow_presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's presets
         * @description The caller's presets, of one workflow or of all.
         */
        get: operations["presets_read"];
        put?: never;
        /**
         * Save or delete a preset
         * @description Save or delete a preset as the predecessor's clients do.
         */
        post: operations["presets_write"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/workflow_presets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One preset
         * @description One preset of `?workflow=`.
         */
        get: operations["presets_read_one"];
        /**
         * Create or replace a preset
         * @description Create a preset under an id of the caller's choice, or replace the version that was read.
         */
        put: operations["presets_put"];
        post?: never;
        /**
         * Delete a preset
         * @description Delete the version that was read.
         */
        delete: operations["presets_delete"];
        options?: never;
        head?: never;
        /**
         * Change a preset
         * @description Change name or values of the version that was read.
         */
        patch: operations["presets_patch"];
        trace?: never;
    };
    "/cozygen/api/presets/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What of a preset fits the form as it is now
         * @description What applying a preset would set, and what of it no longer fits.
         */
        get: operations["presets_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/presets/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put presets into another order
         * @description Put the presets that were read into another order.
         */
        post: operations["presets_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/presets/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy a preset
         * @description Copy a preset.
         */
        post: operations["presets_duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/presets/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Presets as a file
         * @description The caller's presets as a file.
         */
        get: operations["presets_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/presets/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the presets of a file
         * @description Add the presets of an exported file.
         */
        post: operations["presets_bring_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/prompt_raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remember the raw prompts of a run
         * @description Remember the raw prompts of a run.
         */
        post: operations["runs_store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a change back
         * @description Take back a change of the caller.
         */
        post: operations["http_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All documents as one zip
         * @description All documents as one zip.
         */
        get: operations["http_backup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/backup/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore documents from a zip
         * @description Write the documents of a zip (multipart field `backup`) over the present ones.
         */
        post: operations["http_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/tags/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Categories of the tag lists
         * @description The categories of all lists together.
         */
        get: operations["tags_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/tags/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags for what is being typed
         * @description Tags for what is being typed.
         */
        get: operations["tags_search_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/tags/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which texts are no tags, and what was meant
         * @description Which of these texts are no tags.
         */
        post: operations["tags_validate_tags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/tags/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tag lists and what became of them
         * @description Which lists there are and what became of them.
         */
        get: operations["tags_sources"];
        put?: never;
        /**
         * Upload a tag list; enable, label and order lists
         * @description Upload a list (multipart), or enable, label and order lists (JSON).
         */
        post: operations["tags_change_sources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/tags/related": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags that the owner uses together with one
         * @description Tags that go with one in the owner's own prompts.
         */
        get: operations["tags_related"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/thumb": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The thumbnail of a file
         * @description The thumbnail of a picture, clip or sound.
         */
        get: operations["thumbs_thumb"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The beginning of a clip, small and silent
         * @description The first seconds of a clip, silent and small: what a feed plays. Byte ranges are served.
         */
        get: operations["thumbs_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/clear_cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove all cached thumbnails
         * @description Remove all cached thumbnails and try broken files again.
         */
        post: operations["thumbs_clear_cache"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/thumbs/warming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the making of thumbnails ahead is
         * @description How far the making of thumbnails ahead is.
         */
        get: operations["thumbs_progress"];
        put?: never;
        /**
         * Start, pause or stop making thumbnails ahead
         * @description Start or go on, pause, or give up making thumbnails ahead.
         */
        post: operations["thumbs_control"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that happens, as it happens
         * @description Everything that happens, named by what it is.
         */
        get: operations["http_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the library
         * @description A page of the library.
         */
        get: operations["gallery_gallery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/item/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One item with its metadata
         * @description One item with its metadata.
         */
        get: operations["gallery_item"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/prompt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The graph that made a file
         * @description The graph inside a file of any format.
         */
        get: operations["gallery_prompt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many items each month holds
         * @description How many items each month holds.
         */
        get: operations["gallery_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes of one listing
         * @description Changes of one listing, for clients that listen to `onmessage`.
         */
        get: operations["gallery_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of the library
         * @description A file of the library.
         */
        get: operations["gallery_media"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The files of items as one ZIP archive
         * @description The files of items as one ZIP archive.
         */
        post: operations["gallery_zip_items"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/zip/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An archive that was asked for with `link`
         * @description An archive that was asked for with `link`.
         */
        get: operations["gallery_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move one file into the trash
         * @description Move one file into the trash.
         */
        post: operations["gallery_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/delete_all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move all media of a folder into the trash
         * @description Move all media of a folder into the trash.
         */
        post: operations["gallery_delete_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move items into the trash
         * @description Move items into the trash.
         */
        post: operations["gallery_delete_items"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What lies in the trash
         * @description What lies in the trash.
         */
        get: operations["gallery_trash"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/trash/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring files back
         * @description Bring entries back.
         */
        post: operations["gallery_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/trash/empty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove what is in the trash for good
         * @description Remove everything in the trash for good.
         */
        post: operations["gallery_empty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Sign in with a password.
         */
        post: operations["accounts_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description End the session; answers the same without one.
         */
        post: operations["accounts_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/auth_status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description Whether a login is configured and who is signed in; 401 for a stranger.
         */
        get: operations["accounts_auth_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices that are signed in
         * @description The devices that are signed in.
         */
        get: operations["accounts_list_sessions"];
        put?: never;
        post?: never;
        /**
         * Sign all other devices out
         * @description Sign all other devices out.
         */
        delete: operations["accounts_revoke_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign a device out
         * @description Sign a device out; its streams end within 30 seconds.
         */
        delete: operations["accounts_revoke_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The API tokens
         * @description The API tokens.
         */
        get: operations["accounts_list_tokens"];
        put?: never;
        /**
         * Make an API token
         * @description Make an API token for a program.
         */
        post: operations["accounts_create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End an API token
         * @description End an API token.
         */
        delete: operations["accounts_revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/pair/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A one-time code that signs in a phone
         * @description A one-time code that signs in a phone.
         */
        post: operations["accounts_start_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/pair/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a one-time code
         * @description Sign in with a one-time code.
         */
        post: operations["accounts_claim_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the own password
         * @description Set a new password; all other devices and all API tokens are signed out.
         */
        post: operations["accounts_change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/media/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to one file that works without a cookie for a minute
         * @description A link that works for a minute without a cookie, and ends with the session that asked for it.
         */
        post: operations["accounts_sign_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/upload_image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a picture to work from
         * @description Receive a picture or clip into the input folder.
         */
        post: operations["inputs_upload_image"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the input folder
         * @description A page of the input folder.
         */
        get: operations["inputs_list_inputs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/input/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of the input folder
         * @description A file of the input folder.
         */
        get: operations["inputs_read_input"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Queue a filled form
         * @description Queue a filled form.
         */
        post: operations["runs_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Runs, newest first
         * @description Runs, newest first.
         */
        get: operations["runs_list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One run
         * @description One run.
         */
        get: operations["runs_read_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description Cancel one run.
         */
        post: operations["runs_cancel_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/runs/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel what waits, or forget what is over
         * @description Cancel what waits, or forget what is over.
         */
        post: operations["runs_clear_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/runs/reorder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let waiting runs start in another order
         * @description Let waiting runs start in another order.
         */
        post: operations["runs_reorder_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a picture again: the same, with a new seed, or with edits
         * @description Make a picture again.
         */
        post: operations["runs_rerun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/gallery/remix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a picture would fill into a workflow's form
         * @description What a picture would fill into a workflow's form.
         */
        post: operations["runs_remix"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/prompt/expand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What prompts say once aliases and choices are put in
         * @description What prompt fields say once aliases and choices are put in.
         */
        post: operations["aliases_expand_prompts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/prompt/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advice on a prompt
         * @description Advice on a prompt.
         */
        post: operations["aliases_lint_prompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/alias_search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find aliases
         * @description Aliases by name, category or text, typos forgiven.
         */
        get: operations["aliases_search_aliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/wildcards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wildcards that prompts may name
         * @description Which wildcards there are.
         */
        get: operations["aliases_read_wildcards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/alias_categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The categories of aliases
         * @description All categories; the ETag is that of the aliases.
         */
        get: operations["aliases_read_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/alias_categories/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Create, change or rename a category of aliases
         * @description Create, change or rename a category of the version that was read.
         */
        put: operations["aliases_change_category"];
        post?: never;
        /**
         * Take a category away; its aliases stay
         * @description Take a category away; its aliases stay.
         */
        delete: operations["aliases_remove_category"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/alias_check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advice on aliases
         * @description Advice on aliases; it never keeps anyone from saving them.
         */
        post: operations["aliases_check_aliases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/alias_export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All aliases as a file
         * @description All aliases as a file.
         */
        get: operations["aliases_export_aliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cozygen/api/alias_import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring in a file of aliases
         * @description Bring in a file of aliases, or say what that would do.
         */
        post: operations["aliases_import_aliases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A whole alias. */
        AliasBody: {
            text: string;
            /** @default null */
            category?: string | null;
        };
        /** @description All categories. */
        AliasCategoriesReply: {
            categories: components["schemas"]["CategoryReply"][];
        };
        /** @description What is to change of an alias. */
        AliasPatch: {
            /** @default null */
            name?: string | null;
            /** @default null */
            text?: string | null;
            /** @default null */
            category?: string | null;
        };
        /** @description One alias. */
        AliasReply: {
            name: string;
            text: string;
            category: string;
        };
        /** @description What one remembers of an alias; a category takes in those inside it. */
        AliasSearchQuery: {
            /** @default  */
            q?: string;
            /** @default  */
            category?: string;
            /** @default 100 */
            limit?: number;
        };
        /** @description What was found, the best first. */
        AliasSearchReply: {
            items: components["schemas"]["FoundAlias"][];
        };
        /** @description The document: `{items, categories, categoryList}`, or an older bare map of names to texts. */
        AliasesReply: {
            [key: string]: unknown;
        };
        /** @description Which tags are counted. */
        CategoriesQuery: {
            /**
             * @default hide
             * @enum {string}
             */
            nsfw?: "hide" | "blur" | "show";
        };
        /** @description All categories, the largest first. */
        CategoriesReply: {
            categories: components["schemas"]["Category"][];
            total: number;
            /** @description ready, building, loading or empty */
            state: string;
        };
        /** @description A category and how many tags it has. */
        Category: {
            key: string;
            count: number;
            actual: number;
        };
        /** @description What is to change of a category; `name` renames it. */
        CategoryBody: {
            /** @default null */
            name?: string | null;
            /** @default null */
            label?: string | null;
            /** @default null */
            color?: string | null;
            /** @default null */
            parent?: string | null;
            /** @default null */
            order?: number | null;
        };
        /** @description One category of aliases. */
        CategoryReply: {
            name: string;
            label: string;
            color: string | null;
            parent: string | null;
            order: number;
            count: number;
        };
        /** @description The aliases to judge; all stored ones if none are given. */
        CheckBody: {
            /** @default null */
            aliases?: components["schemas"]["CheckedAlias"][] | null;
        };
        /** @description Advice by alias; those without any are left out. */
        CheckReply: {
            aliases: {
                [key: string]: components["schemas"]["IssueReply"][];
            };
        };
        /** @description An alias as it may be saved. */
        CheckedAlias: {
            name: string;
            text: string;
        };
        /** @description Values that fit the form as it is now; `problems` name those that do not. */
        CheckedReply: {
            values: {
                [key: string]: unknown;
            };
            problems: components["schemas"]["cozygen__workflows__form_replies__ProblemReply"][];
        };
        /** @description `refresh` or any `cache_bust` reads the list anew; `q` ranks and shortens it. */
        ChoicesQuery: {
            /** @default  */
            type?: string;
            /** @default false */
            refresh?: boolean;
            /** @default  */
            cache_bust?: string;
            /** @default  */
            q?: string;
            /** @default 100 */
            limit?: number;
            /**
             * @description adds where pictures of models are
             * @default false
             */
            previews?: boolean;
        };
        /**
         * @description The names, sorted as the host sorts them; by likeness where `q` was sent.
         *
         *     `previews` has the address of a picture for every model that has one.
         */
        ChoicesReply: {
            choices: string[];
            /** @default null */
            previews?: {
                [key: string]: string;
            } | null;
        };
        /** @description A one-time code and a name for the device. */
        ClaimBody: {
            code: string;
            /** @default  */
            device?: string;
        };
        /** @description `queued` cancels what waits; `ended` forgets what is over (all, or these run ids). */
        ClearBody: {
            /** @default false */
            queued?: boolean;
            /** @default false */
            ended?: boolean;
            /** @default null */
            run_ids?: string[] | null;
        };
        /** @description How many runs were cancelled and forgotten. */
        ClearReply: {
            cancelled: number;
            forgotten: number;
        };
        /** @description What clearing the cache removed. */
        ClearedReply: {
            /**
             * @default ok
             * @constant
             */
            status?: "ok";
            message: string;
            files: number;
            freed_bytes: number;
        };
        /** @description All media of a folder; `confirm` is `delete-all`. */
        DeleteAllBody: {
            /** @default  */
            confirm?: string;
            /** @default  */
            subfolder?: string;
            /** @default true */
            recursive?: boolean;
        };
        /** @description One file by name and folder. */
        DeleteBody: {
            /** @default  */
            filename?: string;
            /** @default  */
            subfolder?: string;
        };
        /** @description What went into the trash; `undo` brings it back. */
        DeletedReply: {
            ok: boolean;
            /** @default null */
            undo?: string | null;
        };
        /** @description Which preset, and what the copy is called; without a name it gets a number. */
        DuplicateBody: {
            workflow: string;
            id: string;
            /** @default  */
            name?: string;
        };
        /** @description A new value for an input of a node, or for everything of one meaning (`positive`, `seed`, …). */
        EditBody: {
            value: unknown;
            /** @default null */
            node_id?: string | null;
            /** @default null */
            input?: string | null;
            /** @default null */
            role?: string | null;
        };
        /** @description The one error shape. */
        ErrorReply: {
            /** @description stable code */
            error: string;
            /** @description one sentence for a person */
            message: string;
            /** @default null */
            details?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description Which topics, separated by commas, and whether previews are wanted. */
        EventsQuery: {
            /** @default gallery,runs,documents,tags */
            topics?: string;
            /** @default false */
            previews?: boolean;
        };
        /** @description The prompt fields of a form by name; choices are drawn only from a seed. */
        ExpandBody: {
            fields: {
                [key: string]: string;
            };
            /**
             * @description 0 to 2^64-1, as a number or as text
             * @default null
             */
            seed?: number | string | null;
        };
        /** @description The fields by name. */
        ExpandReply: {
            fields: {
                [key: string]: components["schemas"]["ExpandedReply"];
            };
        };
        /** @description One expanded field. */
        ExpandedReply: {
            text: string;
            problems: components["schemas"]["cozygen__aliases__prompt_endpoints__ProblemReply"][];
            used: string[];
            /** @description start and end in the result, start and end in the prompt */
            puts: number[][];
        };
        /** @description One field; `part_of` names the pair that shows it. Who asks has hidden or pinned it. */
        FieldReply: {
            name: string;
            label: string;
            /** @enum {string} */
            kind: "text" | "integer" | "number" | "boolean" | "choice" | "image" | "lora_pair";
            default: string | number | boolean | null;
            min: number | string | null;
            max: number | string | null;
            step: number | null;
            multiline: boolean;
            role: string | null;
            choices: string[] | null;
            choice_type: string | null;
            randomize: boolean;
            bypass: boolean;
            priority: number;
            node_id: string | null;
            input: string | null;
            hidden: boolean;
            pinned: boolean;
            /** @default null */
            help?: string | null;
            /** @default null */
            part_of?: string | null;
            /** @default null */
            pair?: components["schemas"]["LoraPairReply"] | null;
        };
        /** @description One workflow file; `name` is its path, `mtime` in seconds, `type` what its owner said it makes. */
        FileReply: {
            name: string;
            title: string;
            folder: string;
            size: number;
            mtime: number;
            pinned: boolean;
            type: string | null;
        };
        /** @description The change that mends it. */
        FixReply: {
            label: string;
            start: number;
            end: number;
            text: string;
        };
        /** @description A folder; `subfolder` is its own path. */
        FolderItem: {
            filename: string;
            subfolder: string;
            /** @constant */
            type: "directory";
            mtime: number;
        };
        /**
         * @description A form as the caller arranged it: fields in order, groups of folded fields, and what is wrong.
         *
         *     `type` is what its owner said, else what the graph shows.
         */
        FormReply: {
            workflow: string;
            title: string;
            /** @enum {string} */
            source: "cozygen" | "app_mode" | "titles";
            version: string;
            type: string | null;
            fields: components["schemas"]["FieldReply"][];
            groups: components["schemas"]["GroupReply"][];
            problems: components["schemas"]["cozygen__workflows__form_replies__ProblemReply"][];
        };
        /** @description One alias of a search. */
        FoundAlias: {
            name: string;
            category: string;
            text: string;
            token: string;
            friendly: string;
            subcategory: string;
            used: number;
        };
        /** @description A page of a listing: by `page` and `per_page`, or by `offset` and `limit`. */
        GalleryQuery: {
            /** @default  */
            subfolder?: string;
            /** @default false */
            recursive?: boolean;
            /** @default false */
            show_hidden?: boolean;
            /**
             * @description all, image, video or audio; anything else is all
             * @default all
             */
            kind?: string;
            /**
             * @default output
             * @enum {string}
             */
            type?: "output" | "input";
            /** @default false */
            include_meta?: boolean;
            /** @default 1 */
            page?: string;
            /** @default 20 */
            per_page?: string;
            /** @default null */
            offset?: number | null;
            /** @default null */
            limit?: number | null;
            /** @default newest */
            sort?: string;
            /** @default null */
            generation?: number | null;
            /** @default null */
            around?: string | null;
            /**
             * @description names of members, separated by commas
             * @default
             */
            fields?: string;
            /** @default  */
            cache_bust?: string;
        };
        /** @description A page with its totals; `generation` names the state it belongs to. */
        GalleryReply: {
            items: (components["schemas"]["Item"] | components["schemas"]["FolderItem"])[];
            page: number;
            per_page: number;
            total_pages: number;
            total_items: number;
            total_is_exact: boolean;
            offset: number;
            generation: number;
        };
        /** @description Fields that are shown together. */
        GroupReply: {
            name: string;
            fields: string[];
        };
        /** @description `ok` for everybody; version, parts and notices with a session. */
        HealthReply: {
            status: string;
            /** @default null */
            version?: string | null;
            /** @default null */
            parts?: {
                [key: string]: {
                    [key: string]: unknown;
                };
            } | null;
            /** @default null */
            notices?: {
                [key: string]: unknown;
            }[] | null;
        };
        /** @description `{"status": "ok"}`. */
        HelloReply: {
            status: string;
        };
        /** @description Items, or entries of the trash. */
        IdsBody: {
            ids: string[];
        };
        /** @description A folder, or a file with its links. */
        InputItem: {
            name: string;
            rel_path: string;
            is_dir: boolean;
            size: number;
            mtime: number;
            /** @default null */
            kind?: ("image" | "video") | null;
            /** @default null */
            url?: string | null;
            /** @default null */
            thumb?: string | null;
        };
        /** @description A page of a folder; empty `exts` means all files. */
        InputQuery: {
            /** @default  */
            subfolder?: string;
            /** @default 1 */
            page?: string;
            /** @default 50 */
            per_page?: string;
            /** @default jpg,jpeg,png,webp,bmp,tif,tiff,gif */
            exts?: string;
            /**
             * @default name
             * @enum {string}
             */
            sort?: "name" | "newest";
            /** @default false */
            show_hidden?: boolean;
        };
        /** @description A page of the input folder; `base` only says that it is the input folder. */
        InputReply: {
            items: components["schemas"]["InputItem"][];
            page: number;
            per_page: number;
            total_pages: number;
            total_items: number;
            cwd: string;
            base: string;
        };
        /** @description One piece of advice. */
        IssueReply: {
            code: string;
            /** @enum {string} */
            level: "error" | "warning" | "info";
            message: string;
            start: number;
            end: number;
            /** @default null */
            fix?: components["schemas"]["FixReply"] | null;
        };
        /** @description A file; sizes in bytes and pixels, times in seconds. */
        Item: {
            id: string;
            filename: string;
            subfolder: string;
            /** @enum {string} */
            type: "output" | "input";
            mtime: number;
            /** @enum {string} */
            kind: "image" | "video" | "audio";
            size: number;
            width: number | null;
            height: number | null;
            /** @default null */
            duration?: number | null;
            /** @default null */
            fps?: number | null;
            thumb: string;
            url: string;
            /** @default null */
            blur?: string | null;
            favorite: boolean;
            rating: number;
            tags: string[];
            /** @default null */
            meta?: components["schemas"]["Meta"] | null;
        };
        /** @description `url` or `thumb` of an item: relative to `/cozygen/`. */
        LinkBody: {
            url: string;
        };
        /** @description The same address, good for anybody who has it; without a login it needs no signature. */
        LinkReply: {
            url: string;
            expires_in: number | null;
        };
        /** @description One prompt, and the LoRAs that the form adds to it. */
        LintBody: {
            text: string;
            /** @default [] */
            loras?: string[];
        };
        /** @description Advice, and about how many tokens the expanded prompt has. */
        LintReply: {
            issues: components["schemas"]["IssueReply"][];
            about_tokens: number;
            chunks: number[];
            expanded: string;
        };
        /** @description What to change about one list. */
        ListChange: {
            name: string;
            /** @default null */
            enabled?: boolean | null;
            /** @default null */
            label?: string | null;
            /** @default null */
            scheme?: ("" | "danbooru" | "e621" | "merged" | "derpibooru" | "wd14") | null;
        };
        /** @description `all=1`: everybody's, for administrators. */
        ListQuery: {
            /** @default false */
            all?: boolean;
        };
        /** @description A folder, what is below it, hidden names, one kind. */
        ListingQuery: {
            /** @default  */
            subfolder?: string;
            /** @default false */
            recursive?: boolean;
            /** @default false */
            show_hidden?: boolean;
            /**
             * @description all, image, video or audio; anything else is all
             * @default all
             */
            kind?: string;
        };
        /** @description Name and password; `device` names the session in the list. */
        LoginBody: {
            username: string;
            password: string;
            /** @default  */
            device?: string;
        };
        /** @description The token also lies in an HttpOnly cookie; a browser need not keep it. */
        LoginReply: {
            token: string;
            user: string;
            expires_in: number;
            default_credentials: boolean;
        };
        /** @description A high and a low file that belong together. */
        LoraFilesReply: {
            label: string;
            high: string;
            low: string;
        };
        /** @description The fields that one LoRA pair sets, and the pairs to choose from. */
        LoraPairReply: {
            high: string;
            low: string;
            strength_high: string | null;
            strength_low: string | null;
            pairs: components["schemas"]["LoraFilesReply"][];
        };
        /** @description The version in the URL, and whether the file is to be saved. */
        MediaQuery: {
            /** @default  */
            v?: string;
            /** @default false */
            download?: boolean;
        };
        /** @description What a file says about how it was made; all but the first where it is known. */
        Meta: {
            has_prompt: boolean;
            /** @default null */
            prompt?: string | null;
            /** @default null */
            negative?: string | null;
            /** @default null */
            model?: string | null;
            /** @default null */
            models?: string[] | null;
            /** @default null */
            loras?: string[] | null;
            /** @default null */
            lora_strengths?: {
                [key: string]: number;
            } | null;
            /** @default null */
            seed?: string | number | null;
            /** @default null */
            sampler?: string | null;
            /** @default null */
            scheduler?: string | null;
            /** @default null */
            steps?: number | null;
            /** @default null */
            cfg?: number | null;
            /** @default null */
            workflow?: string | null;
            /** @default null */
            source?: string | null;
            /** @default null */
            tool?: string | null;
        };
        /** @description A choice type, and a name of its list. */
        ModelQuery: {
            /** @default  */
            type?: string;
            /** @default  */
            name?: string;
        };
        /**
         * @description A model file: bytes, Unix time, its picture if there is one, and what is written about it.
         *
         *     `sources` name the files that said it: `civitai.info`, `json`, `header` and so on.
         */
        ModelReply: {
            type: string;
            name: string;
            size: number;
            mtime: number;
            preview: string | null;
            title: string;
            base_model: string;
            description: string;
            notes: string;
            triggers: string[];
            tags: string[];
            weight: number | null;
            nsfw: boolean | null;
            sources: string[];
        };
        /** @description A month (`2026-03`), how many items it holds, and the place of its first. */
        Month: {
            month: string;
            count: number;
            offset: number;
        };
        /** @description The only time that the token is shown. */
        NewTokenReply: {
            id: string;
            user: string;
            name: string;
            /** @enum {string} */
            access: "view" | "queue" | "delete" | "admin";
            created: number;
            used: number;
            expires: number | null;
            token: string;
        };
        /** @description A preset of a workflow. */
        OneQuery: {
            /** @default  */
            workflow?: string;
            /** @default  */
            id?: string;
        };
        /** @description Ids in the wanted order; presets that are not named follow. */
        OrderBody: {
            workflow: string;
            ids: string[];
        };
        /** @description A file as the host names it, and which item of the gallery it is. */
        OutputReply: {
            filename: string;
            subfolder: string;
            type: string;
            /** @default null */
            id?: string | null;
        };
        /** @description A one-time code; `path` opens the sign-in with it, relative to `/cozygen/`. */
        PairReply: {
            code: string;
            path: string;
            expires: number;
            expires_in: number;
        };
        /** @description The present and the new password. */
        PasswordBody: {
            current: string;
            new: string;
        };
        /** @description Names of workflows, in the order they are to be shown. */
        PinsBody: {
            workflows: string[];
        };
        /** @description The pinned workflows in order; one that is away for a while stays pinned. */
        PinsReply: {
            workflows: string[];
            /** @default null */
            undo?: string | null;
        };
        /** @description A whole preset. */
        PresetBody: {
            name: string;
            values?: {
                [key: string]: unknown;
            };
        };
        /** @description What is to change of a preset. */
        PresetPatch: {
            /** @default null */
            name?: string | null;
            /** @default null */
            values?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description One preset; times are Unix seconds. */
        PresetReply: {
            id: string;
            name: string;
            values: {
                [key: string]: unknown;
            };
            updated: number;
            created: number;
        };
        /** @description Either `delete` an id, or save a `preset` `{id?, name, values?}`. */
        PresetsBody: {
            /** @default  */
            workflow?: string;
            /** @default null */
            delete?: string | number | boolean | null;
            /** @default null */
            preset?: unknown;
        };
        /** @description The workflow's presets after a change, and the one that was saved. */
        PresetsChangedReply: {
            status: string;
            user: string;
            presets: components["schemas"]["PresetReply"][];
            /** @default null */
            preset?: components["schemas"]["PresetReply"] | null;
            /** @default null */
            undo?: string | null;
        };
        /** @description Which workflow's presets; all without one. */
        PresetsQuery: {
            /** @default  */
            workflow?: string;
        };
        /** @description The presets of one workflow (`workflow`, `presets`), or of all (`workflows`). */
        PresetsReply: {
            user: string;
            /** @default null */
            workflow?: string | null;
            /** @default null */
            presets?: components["schemas"]["PresetReply"][] | null;
            /** @default null */
            workflows?: {
                [key: string]: components["schemas"]["PresetReply"][];
            } | null;
        };
        /** @description A file by name and folder. */
        PromptQuery: {
            /** @default  */
            filename?: string;
            /** @default  */
            subfolder?: string;
        };
        /** @description A run's id, and its raw prompts by `<node id>:<input name>` under the first of three names. */
        PromptRawBody: {
            /** @default null */
            prompt_id?: string | number | boolean | null;
            /** @default null */
            prompt_raw?: unknown;
            /** @default null */
            cozygen_prompt_raw?: unknown;
            /** @default null */
            raw?: unknown;
        };
        /** @description The graph that made a file, and what was typed. */
        PromptReply: {
            prompt: {
                [key: string]: unknown;
            } | unknown[];
            /** @default null */
            cozygen_prompt_raw?: {
                [key: string]: string;
            } | null;
        };
        /** @description What the code says. */
        QrQuery: {
            text: string;
        };
        /** @description A workflow file or a graph, and the values of its form. */
        QueueBody: {
            /** @default null */
            workflow?: string | null;
            /** @default null */
            graph?: {
                [key: string]: unknown;
            } | null;
            values?: {
                [key: string]: unknown;
            };
            bypassed?: string[];
            seeds?: {
                [key: string]: "fixed" | "random" | "increment" | "last";
            };
            /** @default 1 */
            count?: number;
            /** @default false */
            front?: boolean;
            /** @default null */
            idempotency_key?: string | null;
        };
        /** @description The runs in order, and what was left out or not understood. */
        QueueReply: {
            runs: components["schemas"]["QueuedReply"][];
            warnings: components["schemas"]["cozygen__workflows__form_replies__ProblemReply"][];
        };
        /** @description A run that was queued, with the values that it got. */
        QueuedReply: {
            run_id: string;
            prompt_id: string;
            number: number;
            values: {
                [key: string]: string | number | boolean | null;
            };
        };
        /** @description An uploaded file that was not kept, and why. */
        RefusedReply: {
            file: string;
            error: string;
            message: string;
        };
        /** @description Whose relatives are wanted. */
        RelatedQuery: {
            tag: string;
            /** @default 20 */
            limit?: number;
        };
        /** @description Tags that the owner uses together with this one. */
        RelatedReply: {
            tag: string;
            used: number;
            related: components["schemas"]["RelatedTag"][];
        };
        /** @description A tag that stands beside another in the owner's prompts. */
        RelatedTag: {
            tag: string;
            count: number;
            category: string;
            nsfw: boolean;
            /** @description prompts that have both */
            together: number;
            /** @description from 0 to 1 */
            likeness: number;
            used: number;
        };
        /** @description A picture, and the workflow whose form is to be filled from it (default: the one that made it). */
        RemixBody: {
            id: string;
            /** @default null */
            workflow?: string | null;
        };
        /** @description Values by field name; `missing` are meaningful fields for which the picture has nothing. */
        RemixReply: {
            workflow: string;
            values: {
                [key: string]: string | number | boolean | null;
            };
            missing: string[];
        };
        /** @description The new name, ending in .json; folders are made. */
        RenameBody: {
            to: string;
        };
        /** @description Waiting runs in the order in which they are to start. */
        ReorderBody: {
            run_ids: string[];
        };
        /** @description All waiting runs in their order. */
        ReorderReply: {
            runs: components["schemas"]["RunReply"][];
        };
        /** @description A picture, and how it is to be made again. */
        RerunBody: {
            id: string;
            /**
             * @default same
             * @enum {string}
             */
            mode?: "same" | "new_seed" | "edit";
            edits?: components["schemas"]["EditBody"][];
        };
        /** @description The token that deleting answered. */
        RestoreBody: {
            undo: string;
        };
        /** @description The documents that changed, and the files of the zip that nobody knows. */
        RestoreReply: {
            status: string;
            restored: string[];
            unknown: string[];
            /** @default null */
            undo?: string | null;
        };
        /** @description How many sessions were ended. */
        RevokedReply: {
            revoked: number;
        };
        /** @description Why a run failed; `field` is the form's, `details` the host's own words. */
        RunErrorReply: {
            message: string;
            /** @default null */
            node_id?: string | null;
            /** @default null */
            node_type?: string | null;
            /** @default null */
            field?: string | null;
            /** @default null */
            details?: string | null;
        };
        /** @description A run from being asked for to what came of it; times in Unix seconds, progress 0 to 1. */
        RunReply: {
            run_id: string;
            prompt_id: string;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed" | "cancelled";
            /** @description the host's: of waiting runs the lowest starts first */
            number: number;
            workflow: string | null;
            title: string;
            values: {
                [key: string]: string | number | boolean | null;
            };
            created: number;
            started: number | null;
            finished: number | null;
            progress: number;
            node: string | null;
            eta_s: number | null;
            /** @description ids of the gallery's items, as soon as it knows them */
            outputs: string[];
            files: components["schemas"]["OutputReply"][];
            error: components["schemas"]["RunErrorReply"] | null;
        };
        /** @description `state` and `workflow` narrow the list; newest first. */
        RunsQuery: {
            /** @default null */
            state?: ("queued" | "running" | "done" | "failed" | "cancelled") | null;
            /** @default null */
            workflow?: string | null;
            /** @default 0 */
            offset?: number;
            /** @default 50 */
            limit?: number;
        };
        /** @description A stretch of the list, and how many there are. */
        RunsReply: {
            runs: components["schemas"]["RunReply"][];
            total: number;
            connected: boolean;
            /** @description why the host is away, or that it is slow; else empty */
            message: string;
        };
        /** @description “Save to CozyGen”: the API graph, and the graph editor's own. */
        SaveBody: {
            prompt: {
                [key: string]: unknown;
            };
            /** @default null */
            workflow?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description An uploaded file, and the workflow it became; `already` says that the same one was there. */
        SavedReply: {
            file: string;
            workflow: string;
            already: boolean;
        };
        /** @description Parameters of a search; lists are separated by commas. */
        SearchQuery: {
            /** @default  */
            q?: string;
            /** @default  */
            category?: string;
            /** @default  */
            categories?: string;
            /** @default  */
            source?: string;
            /**
             * @default hide
             * @enum {string}
             */
            nsfw?: "hide" | "blur" | "show";
            /** @default relevance */
            sort?: string;
            /** @default 80 */
            limit?: number;
            /** @default 0 */
            offset?: number;
            /** @default 0 */
            min_count?: number;
            /** @default 1000 */
            total?: number;
            /** @default  */
            cursor?: string;
            /** @default false */
            used?: boolean;
        };
        /** @description One page of hits. */
        SearchReply: {
            items: components["schemas"]["TagItem"][];
            total: number;
            total_is_exact: boolean;
            limit: number;
            offset: number;
            q: string;
            category: string;
            sort: string;
            cursor: string | null;
            state: string;
        };
        /** @description One session. Times are Unix seconds; `expires` is the latest end. */
        SessionItem: {
            id: string;
            user: string;
            device: string;
            created: number;
            used: number;
            expires: number | null;
            current: boolean;
        };
        /** @description All live sessions, last used first. */
        SessionsReply: {
            sessions: components["schemas"]["SessionItem"][];
        };
        /** @description Field names in the wanted order, those to hide and to pin, and own labels by name. */
        SettingsBody: {
            order?: string[];
            hidden?: string[];
            pinned?: string[];
            labels?: {
                [key: string]: string;
            };
        };
        /** @description What is stored; all empty where nothing is. */
        SettingsReply: {
            workflow: string;
            order: string[];
            hidden: string[];
            pinned: string[];
            labels: {
                [key: string]: string;
            };
            /** @default null */
            undo?: string | null;
        };
        /** @description A row that was left out, and why. */
        SkippedRow: {
            line: number;
            why: string;
            row: string;
        };
        /** @description One list. */
        SourceItem: {
            format: string;
            tags: number;
            links: number;
            repeated: number;
            skipped: number;
            examples: components["schemas"]["SkippedRow"][];
            error: string;
            name: string;
            label: string;
            enabled: boolean;
            shipped: boolean;
            scheme: string | null;
            size: number;
        };
        /** @description Changes of lists, and the order of precedence (names; the rest follow). */
        SourcesBody: {
            lists?: components["schemas"]["ListChange"][];
            /** @default null */
            order?: string[] | null;
        };
        /** @description All lists in order of precedence. */
        SourcesReply: {
            sources: components["schemas"]["SourceItem"][];
            state: string;
            /** @description how much of the lists is read, from 0 to 1; null at rest */
            progress: number | null;
        };
        /** @description When the values were written; null after all were removed. */
        StoredReply: {
            workflow: string;
            updated: number | null;
        };
        /** @description One tag that was found. */
        TagItem: {
            tag: string;
            count: number;
            category: string;
            source: string;
            sources: string[];
            /** @enum {string} */
            match: "exact" | "prefix" | "words" | "inside" | "typo";
            nsfw: boolean;
            /** @default null */
            alias?: string | null;
            /**
             * @description wildcard, initials, subsequence, some_words or spelling
             * @default null
             */
            via?: string | null;
            /**
             * @description shown in place of a count
             * @default null
             */
            note?: string | null;
            /**
             * @description inserted in place of the name
             * @default null
             */
            insert?: string | null;
            /**
             * @description how often the owner used it
             * @default null
             */
            used?: number | null;
        };
        /** @description A file, and which thumbnail of it. */
        ThumbQuery: {
            /**
             * @description output, input or model
             * @default output
             */
            type?: string;
            /** @default  */
            filename?: string;
            /** @default  */
            subfolder?: string;
            /**
             * @description version of the file, as listings state it: the reply is then immutable
             * @default
             */
            v?: string;
            /**
             * @description pixels; rounded up to 192, 256, 384, 512, 768 or 1024
             * @default 384
             */
            w?: string;
            /**
             * @description webp: smaller, slower to make
             * @default
             * @enum {string}
             */
            format?: "" | "auto" | "jpeg" | "webp";
            /**
             * @description no: a broken file is an error for an `<img>` too, not a frame
             * @default true
             */
            frame?: boolean;
        };
        /** @description A listing by month; recursive unless said otherwise. */
        TimelineQuery: {
            /** @default  */
            subfolder?: string;
            /** @default true */
            recursive?: boolean;
            /** @default false */
            show_hidden?: boolean;
            /**
             * @description all, image, video or audio; anything else is all
             * @default all
             */
            kind?: string;
            /**
             * @default newest
             * @enum {string}
             */
            sort?: "newest" | "oldest";
            /**
             * @description IANA name of the time zone
             * @default UTC
             */
            tz?: string;
        };
        /** @description Months in the order of the grid; `offset` is the place of a month's first item. */
        TimelineReply: {
            months: components["schemas"]["Month"][];
            total: number;
        };
        /** @description A name for people, what the token may do, and for how many days (none: until revoked). */
        TokenBody: {
            name: string;
            /**
             * @default view
             * @enum {string}
             */
            access?: "view" | "queue" | "delete" | "admin";
            /** @default null */
            days?: number | null;
        };
        /** @description One API token, without the token. */
        TokenItem: {
            id: string;
            user: string;
            name: string;
            /** @enum {string} */
            access: "view" | "queue" | "delete" | "admin";
            created: number;
            used: number;
            expires: number | null;
        };
        /** @description All live API tokens, last used first. */
        TokensReply: {
            tokens: components["schemas"]["TokenItem"][];
        };
        /** @description What lies in the trash, latest first. */
        TrashReply: {
            items: {
                [key: string]: unknown;
            }[];
            total_items: number;
        };
        /** @description A workflow and its mode; an empty mode removes it. */
        TypeBody: {
            /** @default  */
            workflow?: string;
            /** @default null */
            mode?: string | null;
        };
        /** @description The new mode of a workflow. */
        TypePatch: {
            mode: string;
        };
        /** @description One workflow's mode. */
        TypeReply: {
            workflow: string;
            mode: string;
        };
        /** @description The whole map after a change. */
        TypesChangedReply: {
            status: string;
            workflows: {
                [key: string]: string;
            };
            /** @default null */
            undo?: string | null;
        };
        /** @description Mode by workflow, and the modes there are. */
        TypesReply: {
            workflows: {
                [key: string]: string;
            };
            choices: string[];
        };
        /** @description The token of a change, or the topic (e.g. a document's name) whose last change is meant. */
        UndoBody: {
            /** @default null */
            undo?: string | null;
            /** @default null */
            topic?: string | null;
        };
        /** @description What it was about; `undo` does it again. */
        UndoReply: {
            status: string;
            topic: string;
            /** @default null */
            undo?: string | null;
        };
        /** @description The stored file; `path` is what a picture field takes. */
        UploadReply: {
            filename: string;
            size: number;
            path: string;
            subfolder: string;
            /** @enum {string} */
            kind: "image" | "video";
            width: number | null;
            height: number | null;
        };
        /** @description What became of each file, in their order. */
        UploadedReply: {
            saved: components["schemas"]["SavedReply"][];
            refused: components["schemas"]["RefusedReply"][];
        };
        /** @description The texts to judge. */
        ValidateBody: {
            tags: string[];
        };
        /** @description What is no tag, what may have been meant, and the tags behind aliases. */
        ValidateReply: {
            invalid: string[];
            suggestions: {
                [key: string]: string[];
            };
            canonical: {
                [key: string]: string;
            };
        };
        /** @description Values by field name, the fields that are switched off, and how seeds are drawn. */
        ValuesBody: {
            values: {
                [key: string]: unknown;
            };
            bypassed?: string[];
            seeds?: {
                [key: string]: "fixed" | "random" | "increment" | "last";
            };
        };
        /**
         * @description Values that fit the form as it is now; `problems` name those that do not and are left out.
         *
         *     `updated` is when they were written, in Unix seconds; null where nothing was.
         */
        ValuesReply: {
            workflow: string;
            values: {
                [key: string]: unknown;
            };
            bypassed: string[];
            seeds: {
                [key: string]: string;
            };
            updated: number | null;
            problems: components["schemas"]["cozygen__workflows__form_replies__ProblemReply"][];
        };
        /** @description `only_when_idle`: none while a prompt runs or somebody looks at pictures. */
        WarmingBody: {
            /** @enum {string} */
            action: "start" | "pause" | "stop";
            /** @default true */
            only_when_idle?: boolean;
        };
        /** @description How far it is; `waiting` is for a prompt or for people who look, `full` for the size of the cache. */
        WarmingReply: {
            /** @enum {string} */
            state: "off" | "running" | "waiting" | "paused" | "done" | "full";
            only_when_idle: boolean;
            done: number;
            total: number;
            made: number;
            failed: number;
            per_second: number;
            cache_bytes: number;
            cache_limit_bytes: number;
        };
        /** @description The names that may stand between `__`, sorted. */
        WildcardsReply: {
            names: string[];
        };
        /** @description `workflows` are the names alone, as old clients read them. */
        WorkflowsReply: {
            workflows: string[];
            items: components["schemas"]["FileReply"][];
        };
        /** @description Items; with `link` the answer is an address that a browser saves from without holding the file. */
        ZipBody: {
            ids: string[];
            /** @default false */
            link?: boolean;
        };
        /** @description Where the archive can be had for ten minutes, and of how many files (only with `link`). */
        ZipReply: {
            url: string;
            count: number;
        };
        /** @description `{"status": "ok"}`. */
        cozygen__accounts__endpoints__OkReply: {
            status: string;
        };
        /** @description A stranger sees only the first three fields. */
        cozygen__accounts__endpoints__StatusReply: {
            authenticated: boolean;
            user: string | null;
            auth_enabled: boolean;
            /** @default null */
            exp?: number | null;
            /** @default null */
            access?: string | null;
            /** @default null */
            session?: string | null;
            /** @default null */
            default_credentials?: boolean | null;
            /** @default null */
            password_in_settings?: boolean | null;
        };
        /** @description That it is done, and how to take it back. */
        cozygen__aliases__endpoints__StatusReply: {
            status: string;
            /** @default null */
            undo?: string | null;
        };
        /** @description How the file is written. */
        cozygen__aliases__prompt_endpoints__ExportQuery: {
            /**
             * @default json
             * @enum {string}
             */
            format?: "json" | "csv" | "chants";
        };
        /** @description A file of aliases. A preview says what would change; `replace` takes its text where both have one. */
        cozygen__aliases__prompt_endpoints__ImportBody: {
            text: string;
            /** @default null */
            format?: ("json" | "csv" | "chants") | null;
            /**
             * @default keep
             * @enum {string}
             */
            conflicts?: "keep" | "replace";
            /** @default false */
            preview?: boolean;
        };
        /** @description What was, or would be, brought in. */
        cozygen__aliases__prompt_endpoints__ImportReply: {
            added: string[];
            same: string[];
            conflicts: string[];
            written: boolean;
            /** @default null */
            undo?: string | null;
        };
        /** @description A token that stayed as it was, and why. */
        cozygen__aliases__prompt_endpoints__ProblemReply: {
            code: string;
            name: string;
            start: number;
            end: number;
            via: string[];
            candidates: string[];
        };
        /** @description A file by its path in the input folder; under its version it never changes. */
        cozygen__inputs__endpoints__FileQuery: {
            /** @default  */
            path?: string;
            /** @default  */
            v?: string;
            /** @default false */
            download?: boolean;
        };
        /** @description Where the file goes, and whether its metadata (place, camera, texts) goes with it. */
        cozygen__inputs__endpoints__UploadQuery: {
            /** @default  */
            subfolder?: string;
            /**
             * @default strip
             * @enum {string}
             */
            metadata?: "strip" | "keep";
        };
        /** @description Which workflow's presets; all without one. */
        cozygen__presets__bulk_endpoints__ExportQuery: {
            /** @default  */
            workflow?: string;
        };
        /** @description An exported file. `workflow` takes all of it; `replace` overwrites what has the same name. */
        cozygen__presets__bulk_endpoints__ImportBody: {
            data: {
                [key: string]: unknown;
            };
            /** @default  */
            workflow?: string;
            /** @default false */
            replace?: boolean;
        };
        /** @description How many presets came in, and how. */
        cozygen__presets__bulk_endpoints__ImportReply: {
            added: number;
            replaced: number;
            renamed: number;
            /** @default null */
            undo?: string | null;
        };
        /** @description That it is stored. */
        cozygen__runs__prompt_raw_endpoints__OkReply: {
            ok: boolean;
        };
        /** @description A file of a root; `filename` may hold folders. */
        cozygen__thumbs__endpoints__FileQuery: {
            /**
             * @description output, input or model
             * @default output
             */
            type?: string;
            /** @default  */
            filename?: string;
            /** @default  */
            subfolder?: string;
            /**
             * @description version of the file, as listings state it: the reply is then immutable
             * @default
             */
            v?: string;
        };
        /** @description Something about a workflow or a run that its user should know. */
        cozygen__workflows__form_replies__ProblemReply: {
            code: string;
            message: string;
            /** @default null */
            node_id?: string | null;
            /** @default null */
            field?: string | null;
        };
        /** @description The folder that the files go to; it is made when there is none. */
        cozygen__workflows__upload_endpoints__UploadQuery: {
            /** @default  */
            folder?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    http_redirect_to_app: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the app */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_index: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The app */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A built file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_named_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The web app manifest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/manifest+json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_named_file_sw_js: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service worker */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_named_file_favicon_ico: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The icon */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/x-icon": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_named_file_icons_path: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An icon */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_named_file_locales_path: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Texts of a language */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_hello: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is the server there? */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelloReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the server is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This API as OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_qr: {
        parameters: {
            query: {
                text: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An address as a QR code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_list_workflows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All workflow files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_read_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One workflow file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_read_form: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A workflow's form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_save_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveBody"];
            };
        };
        responses: {
            /** @description Save a workflow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_delete_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Put a workflow into the trash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_upload_workflows: {
        parameters: {
            query?: {
                folder?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    [key: string]: string;
                };
            };
        };
        responses: {
            /** @description Upload workflow files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_rename_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameBody"];
            };
        };
        responses: {
            /** @description Rename a workflow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_restore_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreBody"];
            };
        };
        responses: {
            /** @description Bring a deleted workflow back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_read_pins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account's pinned workflows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PinsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_write_pins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinsBody"];
            };
        };
        responses: {
            /** @description Pin workflows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PinsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_read_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account's order, labels and hidden fields of a form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_write_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsBody"];
            };
        };
        responses: {
            /** @description Order, rename, hide and pin fields of a form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_read_values: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account's last values of a form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValuesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_write_values: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValuesBody"];
            };
        };
        responses: {
            /** @description Keep the values of a form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_get_choices: {
        parameters: {
            query?: {
                type?: string;
                refresh?: boolean;
                cache_bust?: string;
                q?: string;
                limit?: number;
                /** @description adds where pictures of models are */
                previews?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names to choose from */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChoicesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_read_model: {
        parameters: {
            query?: {
                type?: string;
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known of a model */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All aliases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_replace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Replace all aliases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__aliases__endpoints__StatusReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_read_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One alias */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AliasBody"];
            };
        };
        responses: {
            /** @description Create or replace an alias */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete an alias */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__aliases__endpoints__StatusReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AliasPatch"];
            };
        };
        responses: {
            /** @description Change or rename an alias */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Types of workflows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_replace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TypeBody"];
            };
        };
        responses: {
            /** @description Set a workflow's type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypesChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_read_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One workflow's type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypeReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a workflow's type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypesChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    workflows_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TypePatch"];
            };
        };
        responses: {
            /** @description Change a workflow's type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypesChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_read: {
        parameters: {
            query?: {
                workflow?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account's presets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_write: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresetsBody"];
            };
        };
        responses: {
            /** @description Save or delete a preset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetsChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_read_one: {
        parameters: {
            query?: {
                workflow?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One preset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_put: {
        parameters: {
            query?: {
                workflow?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresetBody"];
            };
        };
        responses: {
            /** @description Create or replace a preset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetsChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_delete: {
        parameters: {
            query?: {
                workflow?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a preset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetsChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_patch: {
        parameters: {
            query?: {
                workflow?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresetPatch"];
            };
        };
        responses: {
            /** @description Change a preset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetsChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_check: {
        parameters: {
            query?: {
                workflow?: string;
                id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What of a preset fits the form as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_order: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderBody"];
            };
        };
        responses: {
            /** @description Put presets into another order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetsChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_duplicate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicateBody"];
            };
        };
        responses: {
            /** @description Copy a preset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetsChangedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_export: {
        parameters: {
            query?: {
                workflow?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Presets as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    presets_bring_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["cozygen__presets__bulk_endpoints__ImportBody"];
            };
        };
        responses: {
            /** @description Add the presets of a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__presets__bulk_endpoints__ImportReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_store: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromptRawBody"];
            };
        };
        responses: {
            /** @description Remember the raw prompts of a run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__runs__prompt_raw_endpoints__OkReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_undo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoBody"];
            };
        };
        responses: {
            /** @description Take a change back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_backup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All documents as one zip */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_restore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    [key: string]: string;
                };
            };
        };
        responses: {
            /** @description Restore documents from a zip */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    tags_categories: {
        parameters: {
            query?: {
                nsfw?: "hide" | "blur" | "show";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Categories of the tag lists */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoriesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    tags_search_tags: {
        parameters: {
            query?: {
                q?: string;
                category?: string;
                categories?: string;
                source?: string;
                nsfw?: "hide" | "blur" | "show";
                sort?: string;
                limit?: number;
                offset?: number;
                min_count?: number;
                total?: number;
                cursor?: string;
                used?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tags for what is being typed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    tags_validate_tags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateBody"];
            };
        };
        responses: {
            /** @description Which texts are no tags, and what was meant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidateReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    tags_sources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tag lists and what became of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourcesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    tags_change_sources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["SourcesBody"];
            };
        };
        responses: {
            /** @description Upload a tag list; enable, label and order lists */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourcesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    tags_related: {
        parameters: {
            query: {
                tag: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tags that the owner uses together with one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelatedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    thumbs_thumb: {
        parameters: {
            query?: {
                /** @description output, input or model */
                type?: string;
                filename?: string;
                subfolder?: string;
                /** @description version of the file, as listings state it: the reply is then immutable */
                v?: string;
                /** @description pixels; rounded up to 192, 256, 384, 512, 768 or 1024 */
                w?: string;
                /** @description webp: smaller, slower to make */
                format?: "" | "auto" | "jpeg" | "webp";
                /** @description no: a broken file is an error for an `<img>` too, not a frame */
                frame?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thumbnail of a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    thumbs_preview: {
        parameters: {
            query?: {
                /** @description output, input or model */
                type?: string;
                filename?: string;
                subfolder?: string;
                /** @description version of the file, as listings state it: the reply is then immutable */
                v?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The beginning of a clip, small and silent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    thumbs_clear_cache: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove all cached thumbnails */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    thumbs_progress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far the making of thumbnails ahead is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarmingReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    thumbs_control: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WarmingBody"];
            };
        };
        responses: {
            /** @description Start, pause or stop making thumbnails ahead */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarmingReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    http_events: {
        parameters: {
            query?: {
                topics?: string;
                previews?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that happens, as it happens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_gallery: {
        parameters: {
            query?: {
                subfolder?: string;
                recursive?: boolean;
                show_hidden?: boolean;
                /** @description all, image, video or audio; anything else is all */
                kind?: string;
                type?: "output" | "input";
                include_meta?: boolean;
                page?: string;
                per_page?: string;
                offset?: number | null;
                limit?: number | null;
                sort?: string;
                generation?: number | null;
                around?: string | null;
                /** @description names of members, separated by commas */
                fields?: string;
                cache_bust?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the library */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GalleryReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One item with its metadata */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_prompt: {
        parameters: {
            query?: {
                filename?: string;
                subfolder?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The graph that made a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_timeline: {
        parameters: {
            query?: {
                subfolder?: string;
                recursive?: boolean;
                show_hidden?: boolean;
                /** @description all, image, video or audio; anything else is all */
                kind?: string;
                sort?: "newest" | "oldest";
                /** @description IANA name of the time zone */
                tz?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many items each month holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_stream: {
        parameters: {
            query?: {
                subfolder?: string;
                recursive?: boolean;
                show_hidden?: boolean;
                /** @description all, image, video or audio; anything else is all */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes of one listing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_media: {
        parameters: {
            query?: {
                v?: string;
                download?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file of the library */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_zip_items: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ZipBody"];
            };
        };
        responses: {
            /** @description The files of items as one ZIP archive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZipReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An archive that was asked for with `link` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteBody"];
            };
        };
        responses: {
            /** @description Move one file into the trash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_delete_all: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteAllBody"];
            };
        };
        responses: {
            /** @description Move all media of a folder into the trash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_delete_items: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdsBody"];
            };
        };
        responses: {
            /** @description Move items into the trash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_trash: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What lies in the trash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrashReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_restore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdsBody"];
            };
        };
        responses: {
            /** @description Bring files back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    gallery_empty: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove what is in the trash for good */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description Sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__accounts__endpoints__OkReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_auth_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__accounts__endpoints__StatusReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_list_sessions: {
        parameters: {
            query?: {
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The devices that are signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_revoke_other_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign all other devices out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_revoke_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign a device out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__accounts__endpoints__OkReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_list_tokens: {
        parameters: {
            query?: {
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenBody"];
            };
        };
        responses: {
            /** @description Make an API token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTokenReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End an API token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__accounts__endpoints__OkReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_start_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A one-time code that signs in a phone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_claim_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimBody"];
            };
        };
        responses: {
            /** @description Sign in with a one-time code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordBody"];
            };
        };
        responses: {
            /** @description Change the own password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    accounts_sign_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description A link to one file that works without a cookie for a minute */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    inputs_upload_image: {
        parameters: {
            query?: {
                subfolder?: string;
                metadata?: "strip" | "keep";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    [key: string]: string;
                };
            };
        };
        responses: {
            /** @description Upload a picture to work from */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    inputs_list_inputs: {
        parameters: {
            query?: {
                subfolder?: string;
                page?: string;
                per_page?: string;
                exts?: string;
                sort?: "name" | "newest";
                show_hidden?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the input folder */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InputReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    inputs_read_input: {
        parameters: {
            query?: {
                path?: string;
                v?: string;
                download?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file of the input folder */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_queue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueBody"];
            };
        };
        responses: {
            /** @description Queue a filled form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_list_runs: {
        parameters: {
            query?: {
                state?: ("queued" | "running" | "done" | "failed" | "cancelled") | null;
                workflow?: string | null;
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Runs, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_read_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_cancel_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel a run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_clear_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearBody"];
            };
        };
        responses: {
            /** @description Cancel what waits, or forget what is over */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_reorder_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReorderBody"];
            };
        };
        responses: {
            /** @description Let waiting runs start in another order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReorderReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_rerun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RerunBody"];
            };
        };
        responses: {
            /** @description Make a picture again: the same, with a new seed, or with edits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    runs_remix: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemixBody"];
            };
        };
        responses: {
            /** @description What a picture would fill into a workflow's form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemixReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_expand_prompts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExpandBody"];
            };
        };
        responses: {
            /** @description What prompts say once aliases and choices are put in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpandReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_lint_prompt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LintBody"];
            };
        };
        responses: {
            /** @description Advice on a prompt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_search_aliases: {
        parameters: {
            query?: {
                q?: string;
                category?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find aliases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasSearchReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_read_wildcards: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Wildcards that prompts may name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WildcardsReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_read_categories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The categories of aliases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasCategoriesReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_change_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryBody"];
            };
        };
        responses: {
            /** @description Create, change or rename a category of aliases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__aliases__endpoints__StatusReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_remove_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a category away; its aliases stay */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__aliases__endpoints__StatusReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_check_aliases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckBody"];
            };
        };
        responses: {
            /** @description Advice on aliases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_export_aliases: {
        parameters: {
            query?: {
                format?: "json" | "csv" | "chants";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All aliases as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    aliases_import_aliases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["cozygen__aliases__prompt_endpoints__ImportBody"];
            };
        };
        responses: {
            /** @description Bring in a file of aliases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cozygen__aliases__prompt_endpoints__ImportReply"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
}
