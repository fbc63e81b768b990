/** Wrong use or unreadable input: exit 2, with a text that says what to do. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

export const usage = `solograph <command> [options]

  compile FILE                      check a graph; prints its program hash and diagnostics
  run FILE|TEMPLATE                 run a graph file, or a template by name
      --input FILE.json             values of the trigger's form
      --file name=PATH              a file for a field of the form (repeatable)
      --approve all|none            decide approvals (default none: the run waits)
      --timeout S                   give up waiting after S seconds (default 600)
  runs [--status S] [--limit N]     list runs
  runs show ID                      one run, step by step
  cancel ID                         cancel a run
  pause ID | resume ID              let nothing more of a run begin | go on with it
  why ID                            why is this not moving?
  lineage ID NODE[@PATH]            where a value comes from (--json: the whole, by reference)
      --value /POINTER --input      a part of the output | what went in
  undo ID [--plan] [--yes]          take back what a run did; --plan only shows what would be
  checkpoints ID                    the points to fork from and to rewind to, by their SEQ
  fork ID --at SEQ                  a new run that goes on from a checkpoint
      --set node.member=JSON        with an output edited (repeatable; node@each:3.member for one item)
      --input FILE.json             with another input
      --newest                      on the newest version
  rewind ID --at SEQ [--yes]        take back what came after a checkpoint, then go on from there
  retry ID [--newest]               go on from what failed, on its own version or the newest
  event send NAME KEY               send an event to the run that waits for it
      --data JSON --dedupe-key KEY
  template list
  template export PIPELINE [FILE]   write a pipeline as a template file
  template import FILE              import a template file (disabled until enabled in the app)
  memory rebuild                    drop the memory index and build it again from Postgres
  doctor                            what is wrong, where, why, since when and what to do
  retention [--dry-run]             remove what is kept no longer, or say what that would be
  secrets rotate                    seal stored keys of providers by a new key
  worker                            run one more worker on DATABASE_URL

  --json   print one JSON document on standard output, and nothing else there
Exit codes: 0 ok, 1 the graph or the run failed, 2 wrong use or unreadable input.
`;
