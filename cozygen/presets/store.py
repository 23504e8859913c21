"""`workflow_presets.json`: named form values, per user and workflow.

Version 2: `{"version": 2, "users": {user: {"workflows": {workflow: [Preset]}}}}`
with `Preset = {"id", "name", "values", "created", "updated"}`, newest first.
Version 1 had no users; its presets belong to `default`.
"""

from __future__ import annotations

import copy
import itertools
import re
import time
import unicodedata
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from cozygen.errors import ConflictError, InvalidError, NotFoundError
from cozygen.storage.document_file import Change, Precondition, Snapshot
from cozygen.storage.document_format import DocumentFormat, Screening, Value
from cozygen.storage.foreign_values import check_storable
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.preconditions import item_etag, require_absent, require_match

DEFAULT_USER: Final = "default"
Preset = dict[str, Any]
_NUMBERED: Final = re.compile(r" \d{1,6}$")


def _default() -> Value:
    return {"version": 2, "users": {}}


def _migrate(value: Value) -> Value:
    """Decided by shape, as in the predecessor, which never looked at the number."""
    if isinstance(value.get("users"), dict):
        return value
    rest = {key: item for key, item in value.items() if key not in ("version", "workflows", "users")}
    users = {} if "workflows" not in value else {DEFAULT_USER: {"workflows": value["workflows"]}}
    return {"version": 2, "users": users, **rest}


def _screen(value: Value, screening: Screening) -> None:
    users = value["users"]
    for user in list(users):
        if not isinstance(users[user], dict):
            screening.take(users, user, "users", reason="not an object")
            continue
        _screen_user(users[user], screening, "users", user)


def _screen_user(section: Value, screening: Screening, *path: str) -> None:
    if not isinstance(section.setdefault("workflows", {}), dict):
        screening.take(section, "workflows", *path, reason="not an object")
        section["workflows"] = {}
    workflows = section["workflows"]
    for workflow in list(workflows):
        if not isinstance(workflows[workflow], list):
            screening.take(workflows, workflow, *path, "workflows", reason="not a list")
            continue
        presets = workflows[workflow]
        bad = {str(index): entry for index, entry in enumerate(presets) if not is_preset(entry)}
        workflows[workflow] = [entry for entry in presets if is_preset(entry)]
        for index in list(bad):
            screening.take(bad, index, *path, "workflows", workflow, reason="not a preset")


def is_preset(preset: Any) -> bool:
    """Whether an entry can be shown: it has an id, a name, and values."""
    return (
        isinstance(preset, dict)
        and preset.get("id") is not None
        and isinstance(preset.get("name"), str)
        and isinstance(preset.get("values", {}), dict)
    )


PRESETS: Final = DocumentFormat("workflow_presets", 2, default=_default, migrate=_migrate, screen=_screen)


class PresetStore:
    """Reads and edits `workflow_presets.json` for one user at a time."""

    def __init__(self, document: JsonDocument, clock: Callable[[], float] = time.time) -> None:
        self.document = document
        self._clock = clock

    async def read(self) -> Snapshot:
        """The present version; `workflows_of` and `presets_of` read its value."""
        return await self.document.read()

    async def save(
        self,
        user: str,
        workflow: str,
        preset: dict[str, Any],
        *,
        if_match: str | None = None,
        if_none_match: str | None = None,
    ) -> tuple[Change, Preset]:
        """Create or update a preset: found by id, else by name in any case.

        `values` that are absent stay as they are. The headers may be absent, as
        the predecessor's clients have none. Returns the preset as stored.
        """
        name, values = _checked(preset)
        wanted_id = preset.get("id") or None
        if not isinstance(wanted_id, str | int | None):
            raise InvalidError("The id of a preset is a text.", code="invalid preset")
        stored: Preset = {}

        def seen(present: Snapshot) -> None:
            there = _match(presets_of(present.value, user, workflow), wanted_id, name)
            require_absent(if_none_match, there is not None, current=there)
            if if_match is not None:
                tags = present_etags(present, user, workflow, there)
                require_match(if_match, *tags, current=there)

        def change(value: Value) -> None:
            presets = _list_of(value, user, workflow)
            there = _match(presets, wanted_id, name)
            new_id = str(uuid.uuid4()) if wanted_id is None else wanted_id
            stored.update(_write(presets, there or {"id": new_id}, name, values, int(self._clock())))

        done = await self.document.update(change, precondition=seen)
        return done, stored

    async def put(
        self,
        user: str,
        workflow: str,
        preset_id: str,
        preset: dict[str, Any],
        *,
        if_match: str | None,
        if_none_match: str | None,
    ) -> tuple[Change, Preset]:
        """Create a preset under that id, or replace the version that `if_match` names."""
        if not preset_id.strip():
            raise InvalidError("Give the preset an id.", code="invalid preset")

        def seen(present: Snapshot) -> None:
            presets = presets_of(present.value, user, workflow)
            there = next((entry for entry in presets if str(entry["id"]) == preset_id), None)
            require_absent(if_none_match, there is not None, current=there)
            if there is not None:
                require_match(if_match, *present_etags(present, user, workflow, there), current=there)
            elif if_match is not None:
                raise NotFoundError("There is no such preset (any more).")

        stored: Preset = {}

        def change(value: Value) -> None:
            presets = _list_of(value, user, workflow)
            there = next((entry for entry in presets if str(entry["id"]) == preset_id), {"id": preset_id})
            stored.update(_write(presets, there, name, values, int(self._clock())))

        name, values = _checked(preset)
        check_storable(preset_id)
        return await self.document.update(change, precondition=seen), stored

    async def patch(
        self, user: str, workflow: str, preset_id: str, changes: dict[str, Any], *, if_match: str | None
    ) -> tuple[Change, Preset]:
        """Change name or values of one preset that the caller has seen."""
        stored: Preset = {}

        def change(value: Value) -> None:
            presets = _list_of(value, user, workflow)
            there = _by_id(presets, preset_id)
            name, values = _checked({"name": there["name"], **changes})
            stored.update(_write(presets, there, name, values, int(self._clock())))

        seen = _seen_preset(user, workflow, preset_id, if_match)
        return await self.document.update(change, precondition=seen), stored

    async def delete(self, user: str, workflow: str, preset_id: Any) -> Change:
        """Remove every preset of that id; one that is not there is fine, as in the predecessor."""

        def change(value: Value) -> None:
            if presets_of(value, user, workflow):
                presets = _list_of(value, user, workflow)
                presets[:] = [preset for preset in presets if str(preset["id"]) != str(preset_id)]

        return await self.document.update(change)

    async def delete_seen(self, user: str, workflow: str, preset_id: str, *, if_match: str | None) -> Change:
        """Remove one preset that the caller has seen."""

        def change(value: Value) -> None:
            presets = _list_of(value, user, workflow)
            presets.remove(_by_id(presets, preset_id))

        seen = _seen_preset(user, workflow, preset_id, if_match)
        return await self.document.update(change, precondition=seen)

    async def order(self, user: str, workflow: str, ids: Sequence[str], *, if_match: str | None) -> Change:
        """Put the presets into the order of `ids`; those not named follow as they were."""

        def seen(present: Snapshot) -> None:
            presets = presets_of(present.value, user, workflow)
            require_match(if_match, item_etag(presets), present.etag, current=presets)

        def change(value: Value) -> None:
            presets = _list_of(value, user, workflow)
            place = {preset_id: number for number, preset_id in enumerate(ids)}
            shown = sorted(presets, key=_place)
            shown.sort(key=lambda preset: place.get(str(preset["id"]), len(place)))
            # The list itself stays as it is: taking the change back then brings back the old order.
            for number, preset in enumerate(shown):
                preset["order"] = number

        return await self.document.update(change, precondition=seen)

    async def duplicate(self, user: str, workflow: str, preset_id: str, name: str) -> tuple[Change, Preset]:
        """A copy under a name of its own: the given one, else `<name> 2` and so on."""
        stored: Preset = {}

        def change(value: Value) -> None:
            presets = _list_of(value, user, workflow)
            there = _by_id(presets, preset_id)
            wanted, values = _checked({"name": name or free_name(there["name"], presets), **_values(there)})
            copied = {"id": str(uuid.uuid4())}
            stored.update(_write(presets, copied, wanted, values, int(self._clock())))

        return await self.document.update(change), stored

    async def bring_in(
        self, user: str, presets: Mapping[str, Sequence[Preset]], *, replace: bool
    ) -> tuple[Change, dict[str, int]]:
        """Add presets by workflow; one whose name is taken replaces it, or gets a free name.

        Returns how many were added, replaced and renamed.
        """
        counts: dict[str, int] = {}

        def change(value: Value) -> None:
            counts.update(added=0, replaced=0, renamed=0)
            for workflow, entries in presets.items():
                mine = _list_of(value, user, workflow)
                for entry in entries:
                    counts[_bring_in(mine, entry, replace, int(self._clock()))] += 1

        return await self.document.update(change), counts

    async def rename_workflow(self, old: str, new: str) -> Change:
        """Let the presets of all users follow a workflow file that was renamed."""

        def change(value: Value) -> None:
            for section in value["users"].values():
                presets = section["workflows"].pop(old, None)
                if presets:
                    section["workflows"].setdefault(new, []).extend(presets)

        return await self.document.update(change)


def workflows_of(value: Value, user: str) -> dict[str, list[Preset]]:
    """All presets of a user by workflow, in the order in which they are shown."""
    section = value["users"].get(user)
    found: dict[str, list[Preset]] = section["workflows"] if section else {}
    return {workflow: sorted(presets, key=_place) for workflow, presets in found.items()}


def presets_of(value: Value, user: str, workflow: str) -> list[Preset]:
    """The presets of one workflow, newest first."""
    return workflows_of(value, user).get(workflow, [])


def present_etags(present: Snapshot, user: str, workflow: str, preset: Preset | None) -> tuple[str, ...]:
    """The ETags under which a preset may have been read: itself, its list, the user's all, the document."""
    everything = workflows_of(present.value, user)
    own = (item_etag(preset),) if preset is not None else ()
    return (*own, item_etag(everything.get(workflow, [])), item_etag(everything), present.etag)


def preset_of(value: Value, user: str, workflow: str, preset_id: str) -> Preset:
    """One preset; NotFoundError."""
    return _by_id(presets_of(value, user, workflow), preset_id)


def _seen_preset(user: str, workflow: str, preset_id: str, if_match: str | None) -> Precondition:
    def seen(present: Snapshot) -> None:
        there = preset_of(present.value, user, workflow, preset_id)
        require_match(if_match, *present_etags(present, user, workflow, there), current=there)

    return seen


def _write(
    presets: list[Preset], there: Preset, name: str, values: dict[str, Any] | None, now: int
) -> Preset:
    """Put a preset into its list, newest first; absent values stay what they are."""
    for other in presets:
        if other is not there and same_name(other["name"]) == same_name(name):
            raise ConflictError("There is already a preset of that name.", code="exists")
    if not any(other is there for other in presets):
        presets.append(there)
    there.update(name=name, values=there.get("values", {}) if values is None else values, updated=now)
    there.setdefault("created", now)
    presets.sort(key=_place)
    return there


def _bring_in(presets: list[Preset], entry: Preset, replace: bool, now: int) -> str:
    name, values = _checked(entry)
    there = _match(presets, None, name)
    if there is not None and there.get("values", {}) == (values or {}):
        return "replaced"
    if there is not None and replace:
        _write(presets, there, name, values, now)
        return "replaced"
    new = {"id": str(uuid.uuid4())}
    _write(presets, new, name if there is None else free_name(name, presets), values, now)
    return "added" if there is None else "renamed"


def free_name(name: str, presets: Sequence[Preset]) -> str:
    """`name 2`, or the next number that no preset has."""
    taken = {same_name(preset["name"]) for preset in presets}
    stem = _NUMBERED.sub("", name)
    return next(
        wanted for number in itertools.count(2) if same_name(wanted := f"{stem} {number}") not in taken
    )


def _values(preset: Preset) -> dict[str, Any]:
    return {"values": copy.deepcopy(preset.get("values", {}))}


def _list_of(value: Value, user: str, workflow: str) -> list[Preset]:
    section = value["users"].setdefault(user, {})
    presets: list[Preset] = section.setdefault("workflows", {}).setdefault(workflow, [])
    return presets


def _checked(preset: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
    name, values = preset.get("name"), preset.get("values")
    if not isinstance(name, str) or not name.strip():
        raise InvalidError("Give the preset a name.", code="missing preset name")
    if values is not None and not isinstance(values, dict):
        raise InvalidError("The values of a preset are an object.", code="invalid preset")
    check_storable(preset)
    return name.strip(), values


def same_name(name: str) -> str:
    """What two spellings of one preset name have in common: case and Unicode composition do not matter."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


def _match(presets: list[Preset], wanted_id: Any, name: str) -> Preset | None:
    """By id if one was given, else by name."""
    if wanted_id is not None:
        for preset in presets:
            if str(preset["id"]) == str(wanted_id):
                return preset
    return next((preset for preset in presets if same_name(preset["name"]) == same_name(name)), None)


def _by_id(presets: list[Preset], preset_id: str) -> Preset:
    for preset in presets:
        if str(preset["id"]) == preset_id:
            return preset
    raise NotFoundError("There is no such preset (any more).")


def _place(preset: Preset) -> tuple[int, float, str]:
    """Newest first; those that their owner ordered keep that order, below what is newer than it.

    Of one second by name: never by where they lie in the file, which taking back does not restore.
    """
    order, updated = preset.get("order"), preset.get("updated")
    newest_first = -float(updated) if isinstance(updated, (int, float)) else 0.0
    name = same_name(preset["name"])
    return (order, 0.0, name) if isinstance(order, int) else (-1, newest_first, name)
