// Package duvomock starts duvo-mock for a test suite.
package duvomock

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"regexp"
)

var ready = regexp.MustCompile(`^duvo-mock ready url=(\S+) key=(\S+)`)

// Start starts the program on a free port; the options are those of the command line. It ends with stop, and with this
// process, however that ends.
func Start(options ...string) (url, key string, stop func() error, err error) {
	command := exec.Command("duvo-mock", append([]string{"serve", "--port", "0", "--exit-with-stdin"}, options...)...)
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		return
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return
	}
	if err = command.Start(); err != nil {
		return
	}
	stop = func() error { stdin.Close(); return command.Wait() }
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	if found := ready.FindStringSubmatch(line); found != nil {
		return found[1], found[2], stop, nil
	}
	return "", "", stop, fmt.Errorf("duvo-mock did not start: %w", stop())
}
