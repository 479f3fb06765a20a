// Lays out graphs for viz/elk.py: one JSON graph a line on stdin, one JSON answer a line on stdout.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const ELK = createRequire(import.meta.url)(process.argv[2]);
const elk = new ELK();

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { graph: await elk.layout(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error && error.message ? error.message : error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
