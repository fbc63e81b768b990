-- Where a value came from that no step of the run made: who pinned it, and which step put it at hand. Absent in what was
-- written before. A step is named with its id: one that a rewind put in its place is another.

alter table pin add column set_by text;

alter table working_value add column set_by text, add column step_id bigint, add column state text, add column path text;
