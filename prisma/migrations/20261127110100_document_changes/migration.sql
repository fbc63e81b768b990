-- How many passages came, stayed and went when a document changed last: { added, kept, removed }.
alter table document add column last_change jsonb;

-- Forgetting a document forgets the file that it was read from, unless another document was read from it too; of one about a
-- person or another entity, every file of the same content.
create function sg_forget_file() returns trigger language plpgsql as $$
begin
  delete from stored_file f where f.project_id = old.project_id
     and (f.id = old.file_id or (old.entity_id is not null and f.sha256 = old.sha256))
     and not exists (select from document d where d.file_id = f.id and d.id <> old.id);
  return null;
end $$;
create trigger document_file_forgotten after delete on document for each row
  when (old.file_id is not null and current_setting('sg.forgetting', true) = 'on') execute function sg_forget_file();
