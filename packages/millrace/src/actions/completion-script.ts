// Scripts for shells that ask the command itself what may come next.
import { completeCommand, type Shell } from '../shells.ts'

const scripts: Readonly<Record<Shell, string>> = {
  bash: `# bash completion of millrace
_millrace() {
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  local candidate quoted
  # Bash cuts words at colons; what stands before the last one is not to come again.
  if [[ "\${words[-1]}" == ":" ]]; then words[-1]=""; fi
  COMPREPLY=()
  # Anybody may name a group: a name is no text for the shell to expand, neither here (compgen -W would) nor on the command line.
  while IFS= read -r candidate; do
    printf -v quoted %q "$candidate"
    COMPREPLY+=("$quoted")
  done < <("\${COMP_WORDS[0]}" ${completeCommand} -- "\${words[@]}" 2>/dev/null)
}
complete -o default -F _millrace millrace
`,
  zsh: `#compdef millrace
# zsh completion of millrace
_millrace() {
  local -a candidates
  candidates=("\${(@f)$("\${words[1]}" ${completeCommand} -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${candidates[1]}" ]]; then compadd -- "\${candidates[@]}"; else _files; fi
}
compdef _millrace millrace
`,
  fish: `# fish completion of millrace
function __millrace_complete
    set -l words (commandline -opc) (commandline -ct)
    command $words[1] ${completeCommand} -- $words[2..-1] 2>/dev/null
end
complete -c millrace -f -a '(__millrace_complete)'
complete -c millrace -l file -l from-file -l data-dir -l config -l command-config -l ca -l cert -l cert-key -r -F
complete -c millrace -l password-file -l new-password-file -l token-file -r -F
`,
}

/** The script of a shell. */
export const completionScript = (shell: Shell): string => scripts[shell]
