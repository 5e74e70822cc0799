// Loads the app's chunks: the part of the build that stands in for wasm-split-cli's own script.
const chunkFiles = CHUNK_FILES;
const chunkParts = new Map();
async function compileChunk(file) {
    const response = await fetch(new URL(file, import.meta.url));
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    // Some static hosts have no type for WebAssembly.
    return response.headers.get("content-type") === "application/wasm"
        ? WebAssembly.compileStreaming(response)
        : WebAssembly.compile(await response.arrayBuffer());
}
// Files are fetched and compiled side by side, and instantiated in their order. One that fails is tried again
// by the next call.
function chunkPart(file, before) {
    let part = chunkParts.get(file);
    if (!part) {
        const compiled = compileChunk(file);
        compiled.catch(() => {});
        part = before.then(() => compiled).then((module) => WebAssembly.instantiate(module, { __wasm_split: wasm }));
        part.catch(() => chunkParts.delete(file));
        chunkParts.set(file, part);
    }
    return part;
}
function loadChunk(chunk) {
    let last = Promise.resolve();
    for (const file of chunkFiles[chunk]) last = chunkPart(file, last);
    return last;
}
// The function in the table tells the app whether it was loaded.
const chunkLoader = (chunk) => async (tell, data) => {
    let loaded = true;
    try {
        await loadChunk(chunk);
    } catch (error) {
        console.error(error);
        loaded = false;
    }
    wasm.__indirect_function_table.get(tell)(data, loaded);
};
