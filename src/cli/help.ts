const COMMON = `  --data DIR      where your history is kept (else ATLAS_HOME, else the system's folder for data)
  --help          this text
`
const JSON_OPTION = '  --json          for programs; docs/cli.md gives the shape\n'

const COMMANDS: Readonly<Record<string, { readonly says: string; readonly help: string }>> = {
  start: {
    says: 'serve Atlas to your browser, on this machine alone',
    help: `atlas start [--port N]

  --port N        this port or none (as PORT=N); without it 4600 or the next that is free
  BROWSER=none    never open a browser; one is opened only on a desktop
${COMMON}`,
  },
  today: {
    says: 'what is due, what is new, how long it will take',
    help: `atlas today [--json]\n\n${JSON_OPTION}${COMMON}`,
  },
  show: {
    says: 'a diagram with its answers',
    help: `atlas show ID [--as FORMAT [FILE]] [--theme light|dark]

  --as FORMAT     text (the default), svg, png, json, or a file of another tool: excalidraw,
                  drawio, mermaid, d2, dot (Graphviz), canvas (JSON Canvas)
  --theme THEME   light (the default) or dark, for svg and png
  FILE            where it is written; without it to the output
  --json          as --as json
${COMMON}`,
  },
  recall: {
    says: 'redraw a diagram from memory, and have it graded and scheduled',
    help: `atlas recall ID [--whole] [--drawing FILE --answers FILE] [--seconds N] [--par N]
  [--json]

Without a drawing it asks in the terminal, against the clock: all of it, or, where little was weak
at the last whole recall, only that. With a drawing, that is your attempt at all of it.

  --whole         ask all of it, even where a part would do
  --drawing FILE  your drawing in the notation, or a file of Excalidraw, draw.io, Mermaid, D2,
                  Graphviz or JSON Canvas (docs/formats.md); - reads it from the input
  --answers FILE  your answers, JSON or YAML: { facts: { id: text }, context: { slot: text } }
  --seconds N     the time it took; without it no speed is lost
  --par N         the clock to hold it against, in seconds, instead of the diagram's own
${JSON_OPTION}${COMMON}`,
  },
  grade: {
    says: 'grade a drawing, recording nothing',
    help: `atlas grade ID --drawing FILE [--answers FILE] [--seconds N] [--par N] [--json]

  --drawing FILE  a drawing in the notation, or a file of Excalidraw, draw.io, Mermaid, D2,
                  Graphviz or JSON Canvas (docs/formats.md); - reads it from the input
  --answers FILE  answers, JSON or YAML: { facts: { id: text }, context: { slot: text } }
  --seconds N     the time it took; without it no speed is lost
  --par N         the clock to hold it against, in seconds, instead of the diagram's own
${JSON_OPTION}${COMMON}`,
  },
  simulate: {
    says: 'run a design under load and faults',
    help: `atlas simulate FILE [--seed N] [--for 10m] [--load 2x] [--fault LINE] [--set PATH=VALUE] [--json]
atlas simulate FILE --sweep api.replicas=1..20
atlas simulate FILE --compare OTHER [--runs N]

FILE is a design (docs/designs.md), or the name of one in content/designs, such as go-coffee.

  --seed N        the same seed gives the same run (1)
  --for TIME      how much of its own time it runs; without it as the file says
  --load FACTOR   all rates and users times this, such as 2x
  --fault LINE    such as 'db slow x0.2 at 60s for 10s'; may stand more than once
  --set PATH=V    a number of the file, such as api.replicas=4; may stand more than once
  --sweep PATH=R  once with each value of a range, such as api.replicas=1..20 or load=1x..8x
  --compare OTHER the difference between two designs, on the same arrivals; --set then changes
                  the other one only
  --runs N        pairs of runs that --compare makes (10)
  --explain       every number that the file does not give
${JSON_OPTION}${COMMON}`,
  },
  catalog: {
    says: 'every diagram; "catalog check" checks their files',
    help: `atlas catalog [check] [--json]\n\n${JSON_OPTION}${COMMON}`,
  },
  appeal: {
    says: 'say that you were right about a line of a grade',
    help: `atlas appeal ATTEMPT
atlas appeal ATTEMPT LINE [--with LINE] [--says WHY] [--dry-run] [--json]

ATTEMPT is the id of an attempt, or last. Without a LINE it numbers what the grade took points for.
What can be accepted counts at once; atlas appeals lists them and takes them back.

  --with LINE     what belongs to it: a missing line with the extra one that you drew for it
  --says WHY      your words, for whoever keeps the content
  --dry-run       says what it would do, and records nothing
${JSON_OPTION}${COMMON}`,
  },
  appeals: {
    says: 'where you said that you were right; withdraw one, or export them for the content',
    help: `atlas appeals [--json]
atlas appeals withdraw ID
atlas appeals export [FILE]

Export writes YAML in the shape of the content's files, to be pasted where it is right.

${JSON_OPTION}${COMMON}`,
  },
  regrade: {
    says: 'what today’s grader and content would grade otherwise, and why',
    help: `atlas regrade [--apply | --undo] [--json]

Without an option nothing is recorded.

  --apply         records the new grades beside the old ones
  --undo          takes the last regrade back
${JSON_OPTION}${COMMON}`,
  },
  cards: {
    says: 'the question cards of decks that you brought in, one by one',
    help: `atlas cards [--json]

Enter shows the answer; 1 to 4 say how well you knew it (again, hard, good, easy); u takes the last one back,
q leaves. Decks come in by "atlas import anki FILE".

${JSON_OPTION}${COMMON}`,
  },
  export: {
    says: 'take everything to Anki, to Obsidian or into a table',
    help: `atlas export anki FILE.apkg [--with-history]
atlas export obsidian DIR
atlas export csv [FILE]

anki writes a package: every diagram and every fact as a card, with its due date and what FSRS remembers.
obsidian writes a vault: a note a diagram, linked, with its drawing and a canvas. It changes no file that
it did not write. csv writes every question with its answer, source and due date. docs/anki.md says more.

  --with-history  for anki: your reviews, too
${COMMON}`,
  },
  import: {
    says: 'bring in what you reviewed in Anki, or a deck of your own',
    help: `atlas import anki FILE.apkg [--dry-run] [--json]

Reviews of the cards that Atlas exported become reviews here; any other deck becomes question cards in Today.
Importing twice is importing once. docs/anki.md says more.

  --dry-run       says what would come in, and records nothing
${JSON_OPTION}${COMMON}`,
  },
  log: {
    says: 'take your history out, or bring one in',
    help: `atlas log export [FILE]
atlas log import FILE

One event a line, as JSON. Import adds what is not there yet, all of the file or nothing; - reads the input.

${COMMON}`,
  },
  mistakes: {
    says: 'what your attempts lost, why, and what is mended',
    help: `atlas mistakes [--kind KIND] [--json]

  --kind KIND     conceptual, procedural, factual or application
${JSON_OPTION}${COMMON}`,
  },
  fit: {
    says: 'fit the model of memory to your own recalls, if it then predicts better',
    help: `atlas fit [--json]

The earlier four fifths of your recalls train, the later fifth judges; both stand in your log. Needs
400 recalls. The server does the same by itself when there are enough; this does it now.

${JSON_OPTION}${COMMON}`,
  },
  progress: {
    says: 'what you remember, what falls due, what you did',
    help: `atlas progress [--json]\n\n${JSON_OPTION}${COMMON}`,
  },
}

export const isCommand = (name: string): boolean => Object.hasOwn(COMMANDS, name)

export const helpOf = (name: string): string => COMMANDS[name]?.help ?? HELP

const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))

export const HELP = `Atlas: redraw real architectures from memory, see what you forgot, meet it again when due.

${Object.entries(COMMANDS)
  .map(([name, { says }]) => `  atlas ${name.padEnd(width)}   ${says}`)
  .join('\n')}

atlas COMMAND --help says more. Exit codes: 0 done, 1 your input, 2 usage, 3 storage, 4 a fault of Atlas.
`
