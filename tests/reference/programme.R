# Reference outputs for the programme studies: base R 4.2.2, sandwich, clubSandwich, mice, plm,
# MatchIt. Run in this folder: Rscript programme.R
suppressMessages({library(sandwich); library(clubSandwich); library(mice); library(plm); library(MatchIt)})
out <- list()
add <- function(model, name, estimate, error = NA, df = NA)
  out[[length(out) + 1]] <<- data.frame(model, name, estimate, error, df)

regions <- read.csv("covariance.regions.csv", colClasses = c(region_code = "character"))
regions <- regions[order(regions$region_code), ]

# Logit of the track, errors by province (HC1 with G / (G - 1))
formula <- kppn_ikn ~ own_source_share + log_population + kota
logit <- glm(formula, binomial, regions, control = glm.control(epsilon = 1e-14))
errors <- sqrt(diag(vcovCL(logit, regions$province, type = "HC1")))
add("logit", names(coef(logit)), coef(logit), errors)
add("logit plain", names(coef(logit)), coef(logit), sqrt(diag(vcov(logit))))

# AIPW, written out with lm and glm
e <- fitted(logit)
line <- harmonised_index ~ own_source_share + log_population + kota
m1 <- predict(lm(line, regions, subset = kppn_ikn == 1), regions)
m0 <- predict(lm(line, regions, subset = kppn_ikn == 0), regions)
d <- regions$kppn_ikn; y <- regions$harmonised_index
clustered <- function(influence) {
  sums <- tapply(influence, regions$province, sum); g <- length(sums)
  sqrt(g / (g - 1) * sum(sums^2)) / length(y)
}
all <- m1 - m0 + d * (y - m1) / e - (1 - d) * (y - m0) / (1 - e)
add("aipw", "all", mean(all), clustered(all - mean(all)))
group <- (d - (1 - d) * e / (1 - e)) * (y - m0) / mean(d)
add("aipw", "group", mean(group), clustered(group - d * mean(group) / mean(d)))

# Nearest neighbours with replacement, without bias correction
pairs <- matchit(formula, regions, distance = "mahalanobis", replace = TRUE, ratio = 1)
matched <- as.integer(pairs$match.matrix[, 1]); treated <- as.integer(rownames(pairs$match.matrix))
add("matching", "pairs", mean(regions[as.character(treated), "harmonised_index"] -
                              regions[as.character(matched), "harmonised_index"]))

# Rubin's rules
q <- c(0.61, 0.55, 0.72, 0.49, 0.66); u <- c(0.041, 0.038, 0.045, 0.040, 0.043)
pooled <- pool.scalar(q, u, n = 40, k = 4)
add("pool", "estimate", pooled$qbar, sqrt(pooled$t), pooled$df)

# A simulated panel: 30 units of 6 regions, 5 years, some rows lost; slope 0.5
set.seed(20241125)
panel <- expand.grid(unit = 1:30, year = 2021:2025)
panel$region <- (panel$unit - 1) %/% 5 + 1
level <- rnorm(30); shock <- matrix(rnorm(30), 6)
panel$x <- rnorm(150) + 0.5 * level[panel$unit]
panel$y <- 0.5 * panel$x + level[panel$unit] + 0.1 * (panel$year - 2021) +
  0.3 * shock[cbind(panel$region, panel$year - 2020)] + rnorm(150, sd = 0.5)
panel <- panel[-c(7, 33, 60, 61, 118), ]
write.csv(format(panel, digits = 15), "programme.simulated_panel.csv", row.names = FALSE, quote = FALSE)
panel <- read.csv("programme.simulated_panel.csv")
clubbed <- function(model, fit, cluster, name) {
  test <- coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite", coefs = name)
  add(model, name, test$beta, test$SE, test$df_Satt)
}
dummies <- lm(y ~ x + factor(year) + factor(unit), panel)
clubbed("two-way", dummies, panel$region, "x")
within <- plm(y ~ x, panel, index = c("unit", "year"), model = "within", effect = "twoways")
add("two-way plm", "x", coef(within)["x"])
two <- subset(panel, year <= 2022)
differenced <- plm(y ~ x, two, index = c("unit", "year"), model = "fd")
add("differences plm", c("intercept", "x"), coef(differenced))
panel <- panel[order(panel$unit, panel$year), ]
steps <- do.call(rbind, lapply(split(panel, panel$unit), function(p) data.frame(
  region = p$region[-1], year = p$year[-1], gap = diff(p$year), x = diff(p$x), y = diff(p$y))))
steps <- subset(steps, gap == 1)
clubbed("differences", lm(y ~ x + factor(year), steps), steps$region, "x")

write.csv(do.call(rbind, out), "programme.csv", row.names = FALSE, quote = FALSE)
