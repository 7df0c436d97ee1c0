// Reads an output as Vercel does, and prints the functions with their sizes.
'use strict';

const path = require('node:path');
const { createRequire } = require('node:module');

const [, , modules, folder] = process.argv;
const { collectUncompressedSize, deserializeBuildOutput, deserializeLambda, validateUncompressedLambdaSize } = createRequire(path.join(modules, 'x'))('@vercel/build-utils');

async function main() {
  const output = await deserializeBuildOutput({
    outputDir: path.join(folder, '.vercel', 'output'),
    repoRootPath: folder,
    deserializeLambda,
    groupLambdas: async () => ({}),
  });
  const functions = Object.entries(output.output ?? output).filter(([, item]) => item.type === 'Lambda');
  for (const [name, lambda] of functions) {
    const size = await collectUncompressedSize(lambda.files);
    validateUncompressedLambdaSize(name, size);
    const archive = await lambda.createZip();
    console.log(JSON.stringify({ name, runtime: lambda.runtime, launcherType: lambda.launcherType, handler: lambda.handler, files: Object.keys(lambda.files), mode: lambda.files['app/App']?.mode, size, archive: archive.length }));
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
