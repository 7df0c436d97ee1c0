// Validates manifests of Cloud Run: validate.mjs NODE_MODULES < YAML. Prints a line for each fault,
// which begins with the number of the manifest.
// By the types of Google's own client every field has to be known and of its type; annotations have to be in its
// documentation; and by the models of Knative nothing may be missing of a service.
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = process.argv[2];
const require = createRequire(`${modules}/`);
const ts = require('typescript');
const { parseAllDocuments } = require('yaml');
const { Service } = await import(pathToFileURL(join(modules, '@kubernetes-models/knative/serving.knative.dev/v1/Service.js')));

const types = readFileSync(join(modules, '@googleapis/run/build/v1.d.ts'), 'utf8');
const documents = parseAllDocuments(readFileSync(0, 'utf8')).map(document => document.toJS());

// In the folder of the packages, where the compiler finds them; a file for each manifest.
const folder = mkdtempSync(join(modules, 'check-'));
try {
  const files = documents.map((document, index) => join(folder, `${index}.ts`));
  documents.forEach((document, index) => writeFileSync(files[index], [
    `import type { run_v1 } from '@googleapis/run/build/v1';`,
    `export const manifest: run_v1.Schema$${document.kind} = ${JSON.stringify(document, null, 1)};`,
  ].join('\n')));
  const program = ts.createProgram(files, {
    noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10,
  });
  files.forEach((file, index) => {
    for (const fault of ts.getPreEmitDiagnostics(program, program.getSourceFile(file))) {
      console.log(`${index} ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`);
    }
  });
} finally {
  rmSync(folder, { recursive: true });
}

documents.forEach((document, index) => {
  const annotated = [document.metadata, document.spec.template.metadata];
  for (const name of annotated.flatMap(metadata => Object.keys(metadata?.annotations ?? {}))) {
    if (!types.includes(`\`${name}\``)) {
      console.log(`${index} ${name} is no annotation of Cloud Run`);
    }
  }
  if (document.kind === 'Service') {
    try {
      new Service(document).validate();
    } catch (error) {
      console.log(`${index} ${error.message}`);
    }
  }
});
