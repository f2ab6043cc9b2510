# Classical assumption tests and descriptive statistics, by R's stats, lmtest, car and nortest.
# Run in this folder: Rscript classical.R
# Reads covariance.regions.csv; writes classical.csv and describe.csv.

suppressMessages({library(lmtest); library(car); library(nortest); library(tseries)})
options(digits = 17)
regions <- read.csv("covariance.regions.csv", colClasses = c(region_code = "character"))
fit <- lm(harmonised_index ~ own_source_share + log_population + kota + kppn_ikn, regions)
e <- residuals(fit)
found <- NULL
keep <- function(name, statistic, df1 = NA, df2 = NA, p = NA, term = "")
  found <<- rbind(found, data.frame(name, term, statistic = unname(statistic), df1, df2,
    p = unname(p)))

sw <- shapiro.test(e); keep("shapiro_wilk", sw$statistic, p = sw$p.value)
jb <- jarque.bera.test(e); keep("jarque_bera", jb$statistic, 2, p = jb$p.value)
li <- lillie.test(e); keep("lilliefors", li$statistic, p = li$p.value)
bp <- bptest(fit); keep("breusch_pagan", bp$statistic, bp$parameter, p = bp$p.value)
# Squares and products of all factors, each once: those of 0/1 columns are the columns.
white <- bptest(fit, ~ (own_source_share + log_population + kota + kppn_ikn)^2 +
  I(own_source_share^2) + I(log_population^2), data = regions)
keep("white", white$statistic, white$parameter, p = white$p.value)
glejser <- summary(lm(abs(e) ~ own_source_share + log_population + kota + kppn_ikn, regions))
f <- glejser$fstatistic
keep("glejser", f[1], f[2], f[3], pf(f[1], f[2], f[3], lower.tail = FALSE))
for (n in names(vif(fit))) keep("vif", vif(fit)[n], term = n)
re <- resettest(fit, power = 2:3, type = "fitted")
keep("reset", re$statistic, re$parameter[1], re$parameter[2], re$p.value)
cook <- cooks.distance(fit)
keep("cooks_distance", max(cook), term = regions$region_code[which.max(cook)])
keep("durbin_watson", dwtest(fit)$statistic)
s <- summary(fit)
keep("r_squared", s$r.squared); keep("adjusted_r_squared", s$adj.r.squared)
keep("f", s$fstatistic[1], s$fstatistic[2], s$fstatistic[3],
     pf(s$fstatistic[1], s$fstatistic[2], s$fstatistic[3], lower.tail = FALSE))
z <- lm(scale(harmonised_index) ~ scale(own_source_share) + scale(log_population) + scale(kota) +
  scale(kppn_ikn), regions)
for (i in 2:5) keep("beta", coef(z)[i], term = names(coef(fit))[i])
write.csv(found, "classical.csv", row.names = FALSE)

described <- NULL
for (n in c("harmonised_index", "own_source_share", "poverty_rate")) {
  x <- regions[[n]]; q <- quantile(x, c(.25, .5, .75), type = 7)
  one <- x[regions$kota == 1]; other <- x[regions$kota == 0]
  r <- cor.test(x, regions$log_population)
  described <- rbind(described, data.frame(name = n, n = length(x), mean = mean(x), sd = sd(x),
    lowest = min(x), lower_quartile = q[[1]], median = q[[2]], upper_quartile = q[[3]],
    highest = max(x),
    kota_difference = (mean(one) - mean(other)) / sqrt((var(one) + var(other)) / 2),
    r = unname(r$estimate), r_p = r$p.value))
}
write.csv(described, "describe.csv", row.names = FALSE)
