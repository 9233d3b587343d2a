// SPDX-License-Identifier: Apache-2.0

// Command peer answers the questions of tests/bench/run with rickar/cal: Monday to Friday, nine to five, ten holidays
// a year, New York. For each line "QUESTION COUNT" it prints nanoseconds for each call and a sum to compare.
package main

import (
	"bufio"
	"fmt"
	"os"
	"time"

	"github.com/rickar/cal/v2"
)

var fixed = [][2]int{{1, 1}, {6, 19}, {7, 4}, {12, 25}}

// Month, weekday and which of them; -1 is the last.
var floating = [][3]int{{1, 1, 3}, {2, 1, 3}, {5, 1, -1}, {9, 1, 1}, {10, 1, 2}, {11, 4, 4}}

func calendar() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.Cacheable = true
	c.SetWorkHours(9*time.Hour, 17*time.Hour)
	for _, f := range fixed {
		c.AddHoliday(&cal.Holiday{Month: time.Month(f[0]), Day: f[1], Func: cal.CalcDayOfMonth})
	}
	for _, f := range floating {
		c.AddHoliday(&cal.Holiday{Month: time.Month(f[0]), Weekday: time.Weekday(f[1]), Offset: f[2],
			Func: cal.CalcWeekdayOffset})
	}
	return c
}

func ask(c *cal.BusinessCalendar, question string, from time.Time) time.Duration {
	switch question {
	case "between-1-day":
		return c.WorkHoursInRange(from, from.Add(24*time.Hour))
	case "between-30-days":
		return c.WorkHoursInRange(from, from.Add(30*24*time.Hour))
	case "between-1-year":
		return c.WorkHoursInRange(from, from.Add(365*24*time.Hour))
	case "add-8-hours":
		return c.AddWorkHours(from, 8*time.Hour).Sub(from)
	default:
		return -1
	}
}

func main() {
	zone, err := time.LoadLocation("America/New_York")
	file, openErr := os.Open(os.Args[1])
	if err != nil || openErr != nil {
		os.Exit(2)
	}
	var instants []time.Time
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var second int64
		fmt.Sscan(lines.Text(), &second)
		instants = append(instants, time.Unix(second, 0).In(zone))
	}
	c := calendar()
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var question string
		var count int
		var sum time.Duration
		fmt.Sscan(lines.Text(), &question, &count)
		start := time.Now()
		for _, from := range instants[:count] {
			sum += ask(c, question, from)
		}
		fmt.Println(float64(time.Since(start).Nanoseconds())/float64(count), int64(sum/time.Second))
	}
}
